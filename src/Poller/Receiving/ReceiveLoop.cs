using Archiver.Contract.Boundary;
using Archiver.Poller.Health;
using Serilog;

namespace Archiver.Poller.Receiving;

/// <summary>
/// Receives no more messages than there are free slots, and has each handled independently: a slow one does not delay the others.
/// </summary>
internal sealed class ReceiveLoop(
    MessageSource source, ReceiveGuard guard, WorkUnderWay work, Shutdown shutdown, Pauses pauses, PollerHealth health, ReceiveMode mode,
        ILogger log)
{
    /// <summary>
    /// Runs until the mode's end, or until stopped; then waits for the work under way, and gives back what takes too long.
    /// </summary>
    /// <param name="stop">Stops receiving at once.</param>
    /// <param name="stopNow">Stops the work under way as well.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stop, CancellationToken stopNow)
    {
        try
        {
            await ReceiveAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.Information("Stopping; {UnderWay} archives in progress", work.Count);
        }
        finally
        {
            await shutdown.FinishAsync(work, stop, stopNow).ConfigureAwait(false);
        }
        if (mode == ReceiveMode.Drain && work.GivenBack is var hidden and > 0)
            log.Warning(
                "{GivenBack} requests were released and stay hidden until their next attempt is due; another run will find them", hidden);
        return ExitCode.Ok;
    }

    private async Task ReceiveAsync(CancellationToken stop)
    {
        for (var isStart = true; ; isStart = false)
        {
            if (await health.WhileAsync(guard.AskAsync(stop)).ConfigureAwait(false) is ReceiveAdvice.Wait(var outage))
            {
                if (outage.EndsRun(mode, isStart))
                    throw outage.Problem;
                await pauses.PauseAsync(outage.Pause, outage.Problem.Message, stop, unless: outage.IsConfirmed ? null : guard.WhenClosed)
                    .ConfigureAwait(false);
                guard.Record(new BreakerEvent.PauseEnded());
                continue;
            }
            var room = await health.WhileAsync(work.WaitForRoomAsync(stop)).ConfigureAwait(false);
            // Asked again, because the wait may have been long.
            if (guard.Advice is not ReceiveAdvice.Receive(var trials))
                continue;
            if (await source.TryReceiveAsync(Math.Min(room, trials ?? room), stop).ConfigureAwait(false) is not { } messages)
                continue;
            var started = messages.Select(work.Start).ToList();
            if (mode == ReceiveMode.Once)
                return;
            if (trials is not null && started.Count > 0)
                await health.WhileAsync(guard.WatchAsync(started, stop)).ConfigureAwait(false);
            if (mode == ReceiveMode.Drain && messages.Count == 0 && await IsDrainedAsync(stop).ConfigureAwait(false))
                return;
        }
    }

    /// <summary>In drain mode an empty queue is not the end while work is under way: it may give messages back.</summary>
    private async Task<bool> IsDrainedAsync(CancellationToken stop) =>
        !await health.WhileAsync(work.WaitForAnyAsync(stop)).ConfigureAwait(false) && guard.Advice is ReceiveAdvice.Receive;
}
