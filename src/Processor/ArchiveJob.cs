using System.Diagnostics;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Contract.Settings;
using Archiver.Processor.Assembly;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;
using Archiver.Processor.Transfer;
using Archiver.Processor.Zip;
using Serilog;

namespace Archiver.Processor;

/// <summary>One request's way to its archive: request, plan, layout, parts, result.</summary>
internal sealed class ArchiveJob(
    ArchiveSettings settings, ISourceStore sources, IArchiveStore archives, ArchiveBuilder builder, JobPhases phases, TimeProvider time, ILogger log)
{
    public async Task<ProcessorResult> RunAsync(ArchiveRequest request, string aipId, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var plan = await phases.PlanAsync(sources, counted => new Planner(settings, counted).PlanAsync(request, aipId, cancellationToken)).ConfigureAwait(false);
        var compression = Enum.Parse<Compression>(settings.Compression, ignoreCase: true);
        var layout = compression == Compression.Store ? new ZipLayout(plan) : null;
        var key = ArchiveKey.For(plan, settings.Prefix, RequestReader.ParseTimestamp(request.Timestamp) ?? sentAt, compression);
        var bytes = plan.Sum(static entry => entry.Size);
        log.Information("Planned {Entries} entries, {Bytes} bytes, for {Archive}", plan.Count, bytes, archives.UriOf(key));
        Activity.Current?.SetTag("archiver.entries", plan.Count).SetTag("archiver.bytes", bytes).SetTag("archiver.archive.uri", archives.UriOf(key));

        var stored = await FindAsync(key, layout?.Length, cancellationToken).ConfigureAwait(false);
        var reused = stored is not null;
        var progress = new TransferProgress(bytes, plan.Count);
        stored ??= layout is not null
            ? await builder.StoreAsync(key, plan, layout, progress, cancellationToken).ConfigureAwait(false)
            : await CompressAsync(key, plan, compression, progress, cancellationToken).ConfigureAwait(false);
        if (stored is null)
        {
            stored = await FindAsync(key, layout?.Length, cancellationToken).ConfigureAwait(false)
                ?? throw new ArchiverException(ExitCode.TempFail, $"The upload of {archives.UriOf(key)} was ended by somebody else; trying again may help.");
            reused = true;
        }
        var (skipped, skippedCount) = SkippedSources.Bound(plan.Skipped);
        return new ProcessorResult
        {
            AipId = aipId,
            Success = true,
            Message = ArchiveCompletion.SuccessMessage,
            Skipped = skipped,
            SkippedCount = skippedCount,
            Archive = new ArchiveDescription
            {
                Uri = archives.UriOf(key),
                Url = settings.BaseUrl is { } baseUrl ? $"{baseUrl.TrimEnd('/')}/{archives.KeyOf(key)}" : archives.UriOf(key),
                Bytes = stored.Bytes,
                Files = plan.Count,
                Crc = stored.Crc is { } crc ? $"{crc:x8}" : null,
                DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds,
                Reused = reused,
            },
        };
    }

    private async Task<StoredArchive?> FindAsync(string key, long? length, CancellationToken cancellationToken)
    {
        var found = await archives.FindAsync(key, cancellationToken).ConfigureAwait(false);
        if (found is null || length is null || found.Bytes == length)
            return found;
        throw new ArchiverException(ExitCode.CannotCreate,
            $"{archives.UriOf(key)} is there but has {found.Bytes} bytes instead of {length}: somebody else wrote it; delete it, and the archive is made.");
    }

    private async Task<StoredArchive?> CompressAsync(
        string key, ArchivePlan plan, Compression compression, TransferProgress progress, CancellationToken cancellationToken)
    {
        var executor = new CompressingExecutor(sources, plan, compression, archives.Limits, settings.MemoryBudget, progress);
        var (upload, length, crc) = await phases.TransferAsync(progress, () => executor.WriteAsync(
            isOnePart => archives.BeginAsync(key, null, isOnePart, cancellationToken), cancellationToken)).ConfigureAwait(false);
        await using (upload.ConfigureAwait(false))
            return await phases.CompleteAsync(upload, crc, cancellationToken).ConfigureAwait(false) ? new StoredArchive(length, crc) : null;
    }
}
