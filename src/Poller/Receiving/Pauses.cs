using Archiver.Poller.Health;
using Serilog;

namespace Archiver.Poller.Receiving;

/// <summary>Pauses in receiving, reported in the log and by the health endpoints.</summary>
internal sealed class Pauses(PollerHealth health, TimeProvider time, ILogger log)
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    /// <param name="pause">For how long.</param>
    /// <param name="reason">For the log.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="unless">Ends it before its time; null: nothing does.</param>
    public async Task PauseAsync(TimeSpan pause, string reason, CancellationToken stop, Task? unless = null)
    {
        log.Error("Receiving pauses for {Pause}: {Reason}", pause, reason);
        health.Pause(reason);
        await health.WhileAsync(Task.WhenAny(unless ?? Never, Task.Delay(pause, time, stop))).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
    }
}
