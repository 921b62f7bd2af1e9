using Archiver.Programs.Logging;
using Serilog;

namespace Archiver.Processor.Reporting;

/// <summary>
/// Reports the progress of a job, in every phase with numbers that keep changing as long as the job is alive: as log lines that
/// supervisors understand, or as a bar on a terminal.
/// </summary>
internal sealed class JobProgress(ILogger log, ProgressBar? bar, TimeProvider time)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);

    private TimeSpan Interval => bar is null ? LogInterval : BarInterval;

    /// <summary>Reports while the plan is made, unless that is quick.</summary>
    /// <param name="found">The objects found so far.</param>
    /// <param name="work">Makes the plan.</param>
    public Task<T> WhilePlanningAsync<T>(Func<long> found, Func<Task<T>> work) => WhileAsync(
        () =>
        {
            if (bar is not null)
                bar.ShowPlanning(found());
            else
                log.Information($"Planning: {{{LogProperty.ObjectsFound}}} objects found", found());
        },
        work);

    /// <summary>Reports while an existing archive is read.</summary>
    public Task<T> WhileCheckingAsync<T>(TransferProgress progress, Func<Task<T>> work) => WhileAsync(
        () =>
        {
            if (bar is not null)
                bar.Show(progress);
            else
                log.Information(
                    $"Checking the existing archive: {{{LogProperty.BytesDone}}} of {{{LogProperty.BytesTotal}}} bytes",
                    progress.BytesDone, progress.BytesTotal);
        },
        work);

    /// <summary>Reports while bytes are transferred, and at the beginning and the end.</summary>
    public async Task<T> WhileTransferringAsync<T>(TransferProgress progress, Func<Task<T>> work)
    {
        TellTransfer(progress);
        try
        {
            return await WhileAsync(() => TellTransfer(progress), work).ConfigureAwait(false);
        }
        finally
        {
            TellTransfer(progress);
            bar?.End();
        }
    }

    /// <summary>
    /// Reports while the store makes the archive visible. S3 needs minutes for many parts, and a disk for many bytes to flush.
    /// </summary>
    public Task<T> WhileCompletingAsync<T>(Func<Task<T>> work)
    {
        var begun = time.GetTimestamp();
        // Folders block while they complete, so this runs on another thread to keep the reports coming.
        return WhileAsync(
            () =>
            {
                if (bar is null)
                    log.Information(
                        $"All bytes are stored; completing the archive ({{{LogProperty.CompletingSeconds}}} s so far)",
                        (long)time.GetElapsedTime(begun).TotalSeconds);
            },
            () => Task.Run(work));
    }

    private async Task<T> WhileAsync<T>(Action tell, Func<Task<T>> work)
    {
        var reporter = new ProgressReporter(tell, Interval, time);
        await using (reporter.ConfigureAwait(false))
            return await work().ConfigureAwait(false);
    }

    private void TellTransfer(TransferProgress progress)
    {
        if (bar is not null)
            bar.Show(progress);
        else
            log.Information(
                $"Archived {{{LogProperty.BytesDone}}} of {{{LogProperty.BytesTotal}}} bytes, "
                    + $"{{{LogProperty.EntriesDone}}} of {{{LogProperty.EntriesTotal}}} files",
                progress.BytesDone, progress.BytesTotal, progress.EntriesDone, progress.EntriesTotal);
    }
}
