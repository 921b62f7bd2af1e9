using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Contract.Settings;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;
using Archiver.Processor.Transfer;
using Archiver.Processor.Zip;
using Serilog;

namespace Archiver.Processor;

/// <summary>One request's way to its archive: request, plan, layout, parts, result.</summary>
internal sealed class ArchiveJob(
    ArchiveSettings settings, ISourceStore sources, IArchiveStore archives, TimeProvider time, ILogger log, ProgressBar? bar)
{
    public async Task<ProcessorResult> RunAsync(ArchiveRequest request, string aipId, DateTimeOffset sentAt, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var plan = await new Planner(settings, sources).PlanAsync(request, aipId, cancellationToken).ConfigureAwait(false);
        var layout = new ZipLayout(plan);
        var key = ArchiveKey.For(plan, settings.Prefix, RequestReader.ParseTimestamp(request.Timestamp) ?? sentAt);
        log.Information("Planned {Entries} entries, {Bytes} bytes, for {Archive}", plan.Count, layout.Length, archives.UriOf(key));

        ProcessorResult Done(uint? crc, bool reused) => new()
        {
            AipId = aipId,
            Success = true,
            Message = ArchiveCompletion.SuccessMessage,
            Skipped = plan.Skipped.Count > 0 ? plan.Skipped : null,
            Archive = new ArchiveDescription
            {
                Uri = archives.UriOf(key),
                Url = settings.BaseUrl is { } baseUrl ? $"{baseUrl.TrimEnd('/')}/{archives.KeyOf(key)}" : archives.UriOf(key),
                Bytes = layout.Length,
                Files = plan.Count,
                Crc = crc is { } value ? $"{value:x8}" : null,
                DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds,
                Reused = reused,
            },
        };

        if (await IsThereAsync(key, layout, cancellationToken).ConfigureAwait(false) is { } found)
            return Done(found.Crc, reused: true);
        if (await StoreAsync(key, plan, layout, cancellationToken).ConfigureAwait(false) is { } crc)
            return Done(crc, reused: false);
        if (await IsThereAsync(key, layout, cancellationToken).ConfigureAwait(false) is { } stored)
            return Done(stored.Crc, reused: true);
        throw new ArchiverException(ExitCode.TempFail, $"The upload of {archives.UriOf(key)} was ended by somebody else; trying again may help.");
    }

    private async Task<StoredArchive?> IsThereAsync(string key, ZipLayout layout, CancellationToken cancellationToken)
    {
        var found = await archives.FindAsync(key, cancellationToken).ConfigureAwait(false);
        if (found is null || found.Bytes == layout.Length)
            return found;
        log.Warning("{Archive} has {Found} bytes instead of {Expected}; it is made anew", archives.UriOf(key), found.Bytes, layout.Length);
        return null;
    }

    private async Task<uint?> StoreAsync(string key, ArchivePlan plan, ZipLayout layout, CancellationToken cancellationToken)
    {
        var parts = PartPlan.Cut(layout, archives.Limits);
        var progress = new TransferProgress(plan.Sum(static entry => entry.Size), plan.Count);
        var executor = new ArchiveExecutor(sources, plan, layout, settings.MemoryBudget, settings.Parallelism, progress);
        var upload = await archives.BeginAsync(key, parts, cancellationToken).ConfigureAwait(false);
        await using (upload.ConfigureAwait(false))
        {
            uint crc;
            var reporter = new ProgressReporter(progress, log, bar, time);
            await using (reporter.ConfigureAwait(false))
                crc = await executor.CarryAsync(parts, upload, cancellationToken).ConfigureAwait(false);
            return await upload.CompleteAsync(crc, cancellationToken).ConfigureAwait(false) ? crc : null;
        }
    }
}
