using System.Diagnostics;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Processor.Packaging;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;
using Archiver.Processor.Transfer;
using Archiver.Programs.Settings;
using Serilog;

namespace Archiver.Processor.Commands;

/// <summary>Takes one request to its archive: request, plan, layout, parts, result.</summary>
internal sealed class ArchiveJob(
    ArchiveSettings settings,
    ISourceStore sources,
    IArchiveStore archives,
    ArchiveBuilder builder,
    JobPhases phases,
    TimeProvider time,
    ILogger log)
{
    public async Task<ProcessorResult> RunAsync(
        ArchiveRequest request, string aipId, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var plan = await phases.PlanAsync(
            sources, counted => new Planner(settings, counted, time).PlanAsync(request, aipId, cancellationToken)).ConfigureAwait(false);
        var compression = settings.Compression;
        var format = ArchiveFormats.For(compression);
        var layout = format.LayoutOf(plan);
        var date = RequestReader.ParseTimestamp(request.Timestamp) ?? sentAt;
        var key = ArchiveKey.For(plan, settings.Prefix, date, compression, format.Extension);
        var bytes = plan.ContentBytes;
        log.Information("Planned {Entries} entries ({Bytes} bytes) for {Archive}", plan.Count, bytes, archives.UriOf(key));
        Activity.Current?.SetTag("archiver.entries", plan.Count)
            .SetTag("archiver.bytes", bytes)
            .SetTag("archiver.archive.uri", archives.UriOf(key));

        var (stored, replaced) = await FindAsync(key, format, plan, layout, cancellationToken).ConfigureAwait(false);
        var reused = stored is not null;
        var progress = new TransferProgress(bytes, plan.Count);
        stored ??= layout is not null
            ? await builder.StoreAsync(key, plan, layout, progress, replaced, cancellationToken).ConfigureAwait(false)
            : await CompressAsync(key, plan, compression, progress, replaced, cancellationToken).ConfigureAwait(false);
        if (stored is null)
        {
            (stored, _) = await FindAsync(key, format, plan, layout, cancellationToken).ConfigureAwait(false);
            reused = true;
        }
        if (stored is null)
            throw new ArchiverException(
                ExitCode.TempFail, $"The upload of {archives.UriOf(key)} was ended by another process; trying again may help.");
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

    // A name and a size prove nothing: an existing object is reused only after a check of its bytes, or of the checksum on record.
    private async Task<(StoredArchive? Whole, StoredArchive? Unfit)> FindAsync(
        string key, IArchiveFormat format, ArchivePlan plan, IArchiveLayout? layout, CancellationToken cancellationToken)
    {
        if (await archives.FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } found)
            return (null, null);
        var check = new ArchiveCheck(archives, format, plan, layout, settings.MemoryBudget, settings.Parallelism);
        var progress = new TransferProgress(found.Bytes, plan.Count);
        try
        {
            var proven = await phases.CheckAsync(
                progress, () => check.ProveAsync(key, found, progress, cancellationToken)).ConfigureAwait(false);
            return (proven, null);
        }
        catch (InvalidDataException error)
        {
            log.Warning("{Archive} exists, but is damaged or is another file: {Problem}", archives.UriOf(key), error.Message);
            return (null, found);
        }
    }

    private async Task<StoredArchive?> CompressAsync(
        string key, ArchivePlan plan, Compression compression, TransferProgress progress, StoredArchive? replaced,
        CancellationToken cancellationToken)
    {
        var executor = new CompressingExecutor(sources, plan, compression, archives.Limits, settings.MemoryBudget, progress);
        var (upload, length, crc) = await phases.TransferAsync(progress, () => executor.WriteAsync(
            isOnePart => archives.BeginAsync(key, null, isOnePart, cancellationToken), cancellationToken)).ConfigureAwait(false);
        await using (upload.ConfigureAwait(false))
        {
            var isCompleted = await phases.CompleteAsync(upload, crc, replaced, cancellationToken).ConfigureAwait(false);
            return isCompleted ? new StoredArchive(length, crc) : null;
        }
    }
}
