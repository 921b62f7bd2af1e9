using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Settings;
using Archiver.Poller.Handling;
using Archiver.Poller.Health;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Receiving;

/// <summary>
/// Receives messages, never more than there are free slots, and has each handled on its own: the slowest holds up nobody.
/// </summary>
internal sealed class ReceiveLoop(
    IMessageQueue queue, QueueSettings settings, ConcurrencySlots slots, MessageHandler handler, ReceiveMode mode, TimeSpan drainTimeout, PollerHealth health, TimeProvider time, ILogger log) : IDisposable
{
    // Long enough for SQS to ask all of its servers (any long poll does), short enough for a cron job.
    private static readonly TimeSpan DrainWait = TimeSpan.FromSeconds(1);

    private readonly OutagePause _outage = new();
    private readonly HashSet<Task> _underWay = [];
    private readonly CancellationTokenSource _stopJobs = new();
    private volatile bool _everyMessageFails;

    /// <summary>Runs until the mode's end, or until stopped; then waits for the work under way, and gives back what takes too long.</summary>
    /// <param name="stop">Stops receiving at once.</param>
    /// <param name="stopNow">Stops the work under way as well.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stop, CancellationToken stopNow)
    {
        var exitCode = ExitCode.Ok;
        try
        {
            exitCode = await ReceiveAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.Information("Stopping: {UnderWay} archives are under way", slots.Taken);
        }
        await FinishAsync(stop, stopNow).ConfigureAwait(false);
        return exitCode;
    }

    public void Dispose() => _stopJobs.Dispose();

    private async Task<int> ReceiveAsync(CancellationToken stop)
    {
        while (true)
        {
            var free = await health.WhileAsync(slots.WaitForFreeAsync(stop)).ConfigureAwait(false);
            if (_everyMessageFails)
            {
                _everyMessageFails = false;
                if (mode != ReceiveMode.Forever)
                    return ExitCode.Config;
                await PauseAsync("the processor cannot work as it is configured", stop).ConfigureAwait(false);
                continue;
            }
            var most = Math.Min(free, settings.MaxNumberOfMessages);
            IReadOnlyList<ReceivedMessage> messages;
            try
            {
                var wait = mode == ReceiveMode.Drain && settings.WaitTime > DrainWait ? DrainWait : settings.WaitTime;
                health.Receiving();
                messages = await queue.ReceiveAsync(most, wait, stop).ConfigureAwait(false);
                health.Resume();
            }
            catch (ArchiverException error) when (mode == ReceiveMode.Forever)
            {
                await PauseAsync(error.Message, stop).ConfigureAwait(false);
                continue;
            }
            foreach (var message in messages)
                Start(message);
            if (mode == ReceiveMode.Once)
                return ExitCode.Ok;
            if (mode == ReceiveMode.Drain && messages.Count == 0 && !await AnythingUnderWayAsync(stop).ConfigureAwait(false))
                return _everyMessageFails ? ExitCode.Config : ExitCode.Ok;
        }
    }

    private void Start(ReceivedMessage message)
    {
        slots.Take();
        _underWay.RemoveWhere(static task => task.IsCompleted);
        _underWay.Add(Task.Run(async () =>
        {
            try
            {
                var disposition = await handler.HandleAsync(message, _stopJobs.Token).ConfigureAwait(false);
                _everyMessageFails |= disposition.StopReceiving;
                if (disposition.Kind == DispositionKind.Complete)
                    _outage.Reset();
            }
            finally
            {
                slots.Free();
            }
        }));
    }

    /// <summary>In drain mode an empty queue is not the end while work is under way: it may give messages back.</summary>
    private async Task<bool> AnythingUnderWayAsync(CancellationToken stop)
    {
        var changed = slots.WaitForChangeAsync(stop);
        if (slots.Taken == 0)
            return false;
        await health.WhileAsync(changed).ConfigureAwait(false);
        return true;
    }

    private async Task PauseAsync(string reason, CancellationToken stop)
    {
        var pause = _outage.Next();
        log.Error("Receiving pauses for {Pause}: {Reason}", pause, reason);
        health.Pause(reason);
        await health.WhileAsync(Task.Delay(pause, time, stop)).ConfigureAwait(false);
    }

    private async Task FinishAsync(CancellationToken stop, CancellationToken stopNow)
    {
        health.Stopping();
        await using var now = stopNow.Register(_stopJobs.Cancel);
        // Ended by itself, the loop waits for its work as long as that takes; stopped, only for the drain timeout.
        await using var drain = stop.Register(() => _stopJobs.CancelAfter(drainTimeout));
        await health.WhileAsync(Task.WhenAll(_underWay)).ConfigureAwait(false);
    }
}
