using Archiver.Programs.Logging;
using Serilog;

namespace Archiver.Processor.Reporting;

/// <summary>
/// Tells how far a job has come, in each of its phases by numbers that change as long as it is alive: lines in the log that supervisors
/// understand, or a bar on a terminal.
/// </summary>
internal sealed class JobProgress(ILogger log, ProgressBar? bar, TimeProvider time)
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);

    private TimeSpan Interval => bar is null ? LogInterval : BarInterval;

    /// <summary>Told while the plan is made; a plan that is soon made needs none.</summary>
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

    /// <summary>Told while an archive that is there is read.</summary>
    public Task<T> WhileCheckingAsync<T>(TransferProgress progress, Func<Task<T>> work) => WhileAsync(
        () =>
        {
            if (bar is not null)
                bar.Show(progress);
            else
                log.Information($"Checking the archive that is there: {{{LogProperty.BytesDone}}} of {{{LogProperty.BytesTotal}}} bytes", progress.BytesDone, progress.BytesTotal);
        },
        work);

    /// <summary>Told while bytes are transferred, at the beginning and at the end.</summary>
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

    /// <summary>Told while the store makes the archive visible, which takes S3 minutes when there are many parts, and a disk when there is much to flush.</summary>
    public Task<T> WhileCompletingAsync<T>(Func<Task<T>> work)
    {
        var begun = time.GetTimestamp();
        // Folders complete without waiting: off this thread, so that the lines come nevertheless.
        return WhileAsync(
            () =>
            {
                if (bar is null)
                    log.Information($"All bytes are stored; completing for {{{LogProperty.CompletingSeconds}}} s", (long)time.GetElapsedTime(begun).TotalSeconds);
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
                $"Archived {{{LogProperty.BytesDone}}} of {{{LogProperty.BytesTotal}}} bytes, {{{LogProperty.EntriesDone}}} of {{{LogProperty.EntriesTotal}}} files",
                progress.BytesDone, progress.BytesTotal, progress.EntriesDone, progress.EntriesTotal);
    }
}
