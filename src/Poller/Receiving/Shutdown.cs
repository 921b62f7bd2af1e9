using Archiver.Poller.Health;
using Archiver.Poller.Leases;
using Serilog;

namespace Archiver.Poller.Receiving;

/// <summary>Brings the work under way to its end when nothing is received any more.</summary>
internal sealed class Shutdown(StopTimes times, LeaseRenewer leases, PollerHealth health, TimeProvider time, ILogger log) : IDisposable
{
    private readonly CancellationTokenSource _jobs = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Stops the jobs.</summary>
    public CancellationToken Jobs => _jobs.Token;

    /// <summary>Waits for the work under way, and gives up what takes too long.</summary>
    /// <param name="work">That is under way.</param>
    /// <param name="stop">From when on only the drain timeout is left; without it, work may take as long as it takes.</param>
    /// <param name="stopNow">Stops the jobs at once.</param>
    public async Task FinishAsync(WorkUnderWay work, CancellationToken stop, CancellationToken stopNow)
    {
        health.Stopping();
        await using var now = stopNow.Register(_jobs.Cancel);
        await using var drain = stop.Register(() => _jobs.CancelAfter(times.Drain));
        var ended = work.Ended;
        await health.WhileAsync(Task.WhenAny(ended, GracesAsync())).ConfigureAwait(false);
        if (!ended.IsCompleted)
        {
            log.Warning("{UnderWay} messages could not be released in time; they become visible when their visibility timeout ends",
                work.Count);
            leases.Abandon();
            await Task.WhenAny(ended, Task.Delay(StopTimes.Leaving, time)).ConfigureAwait(false);
        }
    }

    public void Dispose() => _jobs.Dispose();

    /// <summary>From when the jobs are stopped until nothing is waited for any longer.</summary>
    private async Task GracesAsync()
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, time, _jobs.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(times.Grace + StopTimes.Telling, time).ConfigureAwait(false);
    }
}
