using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Planning;

/// <summary>Plans a request's archive: which objects, in which versions, under which names.</summary>
public sealed class Planner(ArchiveSettings settings, ISourceStore sources, TimeProvider? time = null)
{
    private readonly SourceResolver _resolver = new(settings);

    /// <exception cref="ArchiverException">Exit code 65: the request is for something not allowed; 66: a source does not exist.</exception>
    public async Task<ArchivePlan> PlanAsync(ArchiveRequest request, string aipId, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.MaxPlanTime, time ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await FindAllAsync(request, aipId, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Exceeded.PlanTime(settings.MaxPlanTime);
        }
    }

    private async Task<ArchivePlan> FindAllAsync(ArchiveRequest request, string aipId, CancellationToken cancellationToken)
    {
        var isWholeAip = request is { Files: null, FileNames: null, FilesFrom: null };
        var (entries, skipped) = isWholeAip
            ? (await ListWholeAsync(aipId, cancellationToken).ConfigureAwait(false), [])
            : await FindWantedAsync(request, aipId, cancellationToken).ConfigureAwait(false);
        if (settings.Compression == Compression.Auto)
            await ContentTypes.CompleteAsync(entries, sources, settings.Parallelism, cancellationToken).ConfigureAwait(false);
        return new ArchivePlan(entries, skipped);
    }

    private async Task<List<PlannedEntry>> ListWholeAsync(string aipId, CancellationToken cancellationToken)
    {
        var prefix = _resolver.PrefixOf(aipId);
        var folder = prefix.Key.TrimEnd('/') + "/";
        var entries = new PlannedEntries(settings);
        await foreach (var source in sources.ListAsync(prefix, null, cancellationToken).ConfigureAwait(false))
        {
            if (!source.Address.Key.StartsWith(folder, StringComparison.Ordinal))
                throw new ArchiverException(
                    ExitCode.Unavailable, $"The listing of {prefix} contains {source.Address}, which is not below it.");
            // Consoles create empty objects whose keys end in / to show folders; there is nothing in them to archive.
            if (!(source.Size == 0 && source.Address.Key.EndsWith('/')))
                entries.Add(EntryName.Checked(source.Address.Key[folder.Length..]), source);
        }
        return entries.Found.Count > 0
            ? entries.Found
            : throw Missing($"There is no AIP {aipId}: nothing is stored below {prefix}.");
    }

    private async Task<(List<PlannedEntry> Entries, List<string> Skipped)> FindWantedAsync(
        ArchiveRequest request, string aipId, CancellationToken cancellationToken)
    {
        var wanted = new RequestReading(settings, _resolver, sources).ReadAsync(request, aipId, cancellationToken);
        var entries = new PlannedEntries(settings);
        var skipped = new List<string>();
        var lookup = new SourceLookup(sources, settings.Parallelism);
        await foreach (var (file, source) in lookup.FindAllAsync(wanted, cancellationToken).ConfigureAwait(false))
        {
            if (source is { } found)
                Add(entries, file, found);
            else if (settings.OnMissing != MissingSource.Skip)
                throw file.Line.Tell(await DescribeMissingAsync(file.Source, cancellationToken).ConfigureAwait(false));
            else if (skipped.Count == settings.MaxEntries)
                throw Exceeded.Entries(settings.MaxEntries);
            else
                skipped.Add(file.Source.ToString());
        }
        if (entries.Found.Count == 0)
            throw Missing(skipped.Count > 0 ? $"None of the {skipped.Count} sources exists." : "The list of files is empty.");
        return (entries.Found, skipped);
    }

    private static void Add(PlannedEntries entries, WantedFile file, SourceObject source)
    {
        try
        {
            entries.Add(file.Name, source);
        }
        catch (ArchiverException error)
        {
            throw file.Line.Tell(error);
        }
    }

    private async Task<ArchiverException> DescribeMissingAsync(ObjectAddress source, CancellationToken cancellationToken)
    {
        try
        {
            if (await sources.IsFolderAsync(source, cancellationToken).ConfigureAwait(false))
                return new ArchiverException(ExitCode.NoInput, $"The source {source} is a folder; name the files in it.");
        }
        catch (ArchiverException)
        {
            // Permission to read objects does not imply permission to list them.
        }
        return Missing($"The source {source} does not exist.");
    }

    private ArchiverException Missing(string message) =>
        new(settings.OnMissing == MissingSource.Retry ? ExitCode.TempFail : ExitCode.NoInput, message);
}
