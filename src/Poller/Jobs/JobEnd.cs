
using Archiver.Programs.Boundary;

namespace Archiver.Poller.Jobs;

/// <summary>Brings a processor to its end, by itself or because it has to, and then whatever it has left behind.</summary>
internal sealed class JobEnd(Task ended, int processId, ProcessTree tree, TimeSpan gracePeriod, TimeProvider time)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    // Nothing has asked these to exit before, and nothing waits for them.
    private static readonly TimeSpan LeftoversPatience = TimeSpan.FromSeconds(2);

    // What the kernel does not let go of, because a disk does not answer for example, must not hold up everything else.
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    /// <summary>Waits until nothing of the job is left.</summary>
    /// <param name="stop">Asks it to end; who is not done within the grace period is killed.</param>
    /// <returns>Whether the processor had to be killed.</returns>
    public async Task<bool> WaitAsync(CancellationToken stop)
    {
        if (await EndsAsync(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(false))
        {
            await EndOthersAsync(stop.IsCancellationRequested ? gracePeriod : LeftoversPatience).ConfigureAwait(false);
            return false;
        }
        _ = Signals.Terminate(processId);
        var asked = time.GetTimestamp();
        var endsInTime = await EndsAsync(gracePeriod, CancellationToken.None).ConfigureAwait(false);
        if (endsInTime)
        {
            // A wrapper does not always hand on what it was told.
            await EndOthersAsync(gracePeriod - time.GetElapsedTime(asked)).ConfigureAwait(false);
            return false;
        }
        tree.Kill();
        await EndsAsync(KillPatience, CancellationToken.None).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> EndsAsync(TimeSpan within, CancellationToken stop)
    {
        try
        {
            await ended.WaitAsync(within, time, stop).ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task EndOthersAsync(TimeSpan patience)
    {
        var others = tree.Others();
        foreach (var process in others)
            _ = Signals.Terminate(process.Id);
        for (var asked = time.GetTimestamp(); others.Count > 0 && time.GetElapsedTime(asked) < patience; others = tree.Others())
            await Task.Delay(LookInterval, time, CancellationToken.None).ConfigureAwait(false);
        if (others.Count > 0)
            tree.Kill();
    }
}
