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
    IMessageQueue queue, QueueSettings settings, ConcurrencySlots slots, MessageHandler handler, Outage outage, ReceiveMode mode, TimeSpan drainTimeout,
    PollerHealth health, TimeProvider time, ILogger log) : IDisposable
{
    // Long enough for SQS to ask all of its servers (any long poll does), short enough for a cron job.
    private static readonly TimeSpan DrainWait = TimeSpan.FromSeconds(1);

    // A message that has worked for so long has not failed as others would.
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(10);

    private readonly OutagePause _receivePauses = new();
    private readonly HashSet<Task> _underWay = [];
    private readonly CancellationTokenSource _stopJobs = new(Timeout.InfiniteTimeSpan, time);

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
        finally
        {
            await FinishAsync(stop, stopNow).ConfigureAwait(false);
        }
        return exitCode;
    }

    public void Dispose() => _stopJobs.Dispose();

    private async Task<int> ReceiveAsync(CancellationToken stop)
    {
        for (var isStart = true; ; isStart = false)
        {
            if (await health.WhileAsync(outage.FindAsync(stop)).ConfigureAwait(false) is { } problem)
            {
                if (mode != ReceiveMode.Forever || (isStart && problem.ExitCode != ExitCode.Unavailable))
                    throw problem;
                await PauseAsync(outage.Pauses, problem, stop).ConfigureAwait(false);
                outage.EndPause();
                continue;
            }
            var free = await health.WhileAsync(slots.WaitForFreeAsync(stop)).ConfigureAwait(false);
            if (outage.IsSuspected)
                continue;
            var trial = outage.TakeTrial();
            IReadOnlyList<ReceivedMessage> messages;
            try
            {
                health.Receiving();
                messages = await ReceiveAsync(trial ? 1 : free, stop).ConfigureAwait(false);
                health.Resume();
                _receivePauses.Reset();
            }
            catch (ArchiverException error) when (mode == ReceiveMode.Forever)
            {
                await PauseAsync(_receivePauses, error, stop).ConfigureAwait(false);
                continue;
            }
            var started = messages.Select(Start).ToList();
            if (mode == ReceiveMode.Once)
                return ExitCode.Ok;
            if (trial)
                await Task.WhenAny(Task.WhenAll(started), Task.Delay(LongestTrial, time, stop)).ConfigureAwait(false);
            if (mode == ReceiveMode.Drain && messages.Count == 0 && !await AnythingUnderWayAsync(stop).ConfigureAwait(false) && !outage.IsSuspected)
                return ExitCode.Ok;
        }
    }

    private Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int free, CancellationToken stop)
    {
        var wait = mode == ReceiveMode.Drain && settings.WaitTime > DrainWait ? DrainWait : settings.WaitTime;
        return queue.ReceiveAsync(Math.Min(free, settings.MaxNumberOfMessages), wait, stop);
    }

    private Task Start(ReceivedMessage message)
    {
        slots.Take();
        _underWay.RemoveWhere(static task => task.IsCompleted);
        var handling = Task.Run(async () =>
        {
            try
            {
                outage.Learn(await handler.HandleAsync(message, _stopJobs.Token).ConfigureAwait(false));
            }
            finally
            {
                slots.Free();
            }
        });
        _underWay.Add(handling);
        return handling;
    }

    private async Task PauseAsync(OutagePause pauses, ArchiverException problem, CancellationToken stop)
    {
        var pause = pauses.Next();
        log.Error("Receiving pauses for {Pause}: {Reason}", pause, problem.Message);
        health.Pause(problem.Message);
        await health.WhileAsync(Task.Delay(pause, time, stop)).ConfigureAwait(false);
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

    private async Task FinishAsync(CancellationToken stop, CancellationToken stopNow)
    {
        health.Stopping();
        await using var now = stopNow.Register(_stopJobs.Cancel);
        // Ended by itself, the loop waits for its work as long as that takes; stopped, only for the drain timeout.
        await using var drain = stop.Register(() => _stopJobs.CancelAfter(drainTimeout));
        await health.WhileAsync(Task.WhenAll(_underWay)).ConfigureAwait(false);
    }
}
