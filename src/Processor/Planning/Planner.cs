using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Contract.Settings;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>Makes the plan of a request's archive: which objects, in which versions, under which names.</summary>
public sealed class Planner(ArchiveSettings settings, ISourceStore sources)
{
    private readonly SourceResolver _resolver = new(settings);

    /// <summary>Plans the archive of a request.</summary>
    /// <exception cref="ArchiverException">Exit code 65: the request asks for what is not allowed; 66: a source does not exist.</exception>
    public async Task<ArchivePlan> PlanAsync(ArchiveRequest request, string aipId, CancellationToken cancellationToken)
    {
        var isWholeAip = request is { Files: null, FileNames: null, FilesFrom: null };
        var (entries, skipped) = isWholeAip
            ? (await ListWholeAsync(aipId, cancellationToken).ConfigureAwait(false), [])
            : await FindWantedAsync(new RequestReading(_resolver, sources).ReadAsync(request, aipId, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (settings.Compression == "auto")
            await ContentTypes.CompleteAsync(entries, sources, settings.Parallelism, cancellationToken).ConfigureAwait(false);
        return new ArchivePlan(entries, skipped);
    }

    private async Task<List<PlannedEntry>> ListWholeAsync(string aipId, CancellationToken cancellationToken)
    {
        var prefix = _resolver.PrefixOf(aipId);
        var folder = prefix.Key.TrimEnd('/') + "/";
        var entries = new List<PlannedEntry>();
        await foreach (var source in sources.ListAsync(prefix, null, cancellationToken).ConfigureAwait(false))
            // Consoles make empty objects whose keys end in / to show folders; they hold nothing to archive.
            if (!(source.Size == 0 && source.Address.Key.EndsWith('/')))
                entries.Add(new PlannedEntry(EntryName.Checked(source.Address.Key[folder.Length..]), source));
        return entries.Count > 0
            ? entries
            : throw Missing($"There is no AIP {aipId}: nothing is stored below {prefix}.");
    }

    private async Task<(List<PlannedEntry> Entries, List<string> Skipped)> FindWantedAsync(IAsyncEnumerable<WantedFile> wanted, CancellationToken cancellationToken)
    {
        var names = new UniqueNames(settings.FailOnDuplicate);
        var entries = new List<PlannedEntry>();
        var skipped = new List<string>();
        var lookup = new SourceLookup(sources, settings.Parallelism);
        await foreach (var (file, source) in lookup.FindAllAsync(wanted, cancellationToken).ConfigureAwait(false))
        {
            if (source is { } found)
                entries.Add(new PlannedEntry(names.Take(file.Name), found));
            else if (settings.OnMissing == MissingSource.Skip)
                skipped.Add(file.Source.ToString());
            else
                throw Missing($"The source {file.Source} does not exist.");
        }
        if (entries.Count == 0)
            throw Missing(skipped.Count > 0 ? $"None of the {skipped.Count} sources exists." : "The list of files is empty.");
        return (entries, skipped);
    }

    private ArchiverException Missing(string message) =>
        new(settings.OnMissing == MissingSource.Retry ? ExitCode.TempFail : ExitCode.NoInput, message);
}
