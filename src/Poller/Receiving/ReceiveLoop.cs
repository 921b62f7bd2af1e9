using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Settings;
using Archiver.Poller.Handling;
using Archiver.Poller.Health;
using Archiver.Poller.Leases;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Receiving;

/// <summary>
/// Receives messages, never more than there are free slots, and has each handled on its own: the slowest holds up nobody.
/// </summary>
internal sealed class ReceiveLoop : IDisposable
{
    // Long enough for SQS to ask all of its servers (any long poll does), short enough for a cron job.
    private static readonly TimeSpan DrainWait = TimeSpan.FromSeconds(1);

    // A message that has worked for so long has not failed as others would.
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(10);

    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly IMessageQueue _queue;
    private readonly QueueSettings _settings;
    private readonly ConcurrencySlots _slots;
    private readonly LeaseKeeper _leases;
    private readonly Outage _outage;
    private readonly ReceiveMode _mode;
    private readonly StopTimes _times;
    private readonly PollerHealth _health;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ReceivePause _pauses = new();
    private readonly CancellationTokenSource _stopJobs;
    private readonly WorkUnderWay _work;

    public ReceiveLoop(
        IMessageQueue queue, QueueSettings settings, ConcurrencySlots slots, MessageHandler handler, LeaseKeeper leases, Outage outage, ReceiveMode mode, StopTimes times,
        PollerHealth health, TimeProvider time, ILogger log)
    {
        (_queue, _settings, _slots, _leases, _outage, _mode, _times, _health, _time, _log) = (queue, settings, slots, leases, outage, mode, times, health, time, log);
        _stopJobs = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _work = new WorkUnderWay(slots, handler, outage, log, _stopJobs.Token);
    }

    /// <summary>Runs until the mode's end, or until stopped; then waits for the work under way, and gives back what takes too long.</summary>
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
            _log.Information("Stopping: {UnderWay} archives are under way", _slots.Taken);
        }
        finally
        {
            await FinishAsync(stop, stopNow).ConfigureAwait(false);
        }
        if (_mode == ReceiveMode.Drain && _work.GivenBack is var hidden and > 0)
            _log.Warning("{GivenBack} requests were given back and are hidden until their next try is due: another run will find them", hidden);
        return ExitCode.Ok;
    }

    public void Dispose() => _stopJobs.Dispose();

    private async Task ReceiveAsync(CancellationToken stop)
    {
        for (var isStart = true; ; isStart = false)
        {
            if (await _health.WhileAsync(_outage.FindAsync(stop)).ConfigureAwait(false) is { } found)
            {
                if (found.EndsRun(_mode, isStart))
                    throw found.Problem;
                await PauseAsync(found.Pause, found.Problem.Message, found.IsConfirmed ? Never : _outage.WhenClosed, stop).ConfigureAwait(false);
                _outage.EndPause();
                continue;
            }
            var free = await _health.WhileAsync(_slots.WaitForFreeAsync(stop)).ConfigureAwait(false);
            if (_outage.IsSuspected)
                continue;
            var trials = _outage.Trials;
            if (await TryReceiveAsync(Math.Min(free, trials ?? free), stop).ConfigureAwait(false) is not { } messages)
                continue;
            var started = messages.Select(_work.Start).ToList();
            if (_mode == ReceiveMode.Once)
                return;
            if (trials is not null && started.Count > 0)
                await WatchTrialAsync(started, stop).ConfigureAwait(false);
            if (_mode == ReceiveMode.Drain && messages.Count == 0 && !await AnythingUnderWayAsync(stop).ConfigureAwait(false) && !_outage.IsSuspected)
                return;
        }
    }

    /// <returns>Null when it failed and a service tries again.</returns>
    private async Task<IReadOnlyList<ReceivedMessage>?> TryReceiveAsync(int most, CancellationToken stop)
    {
        var wait = _mode == ReceiveMode.Drain && _settings.WaitTime > DrainWait ? DrainWait : _settings.WaitTime;
        try
        {
            _health.Receiving();
            var messages = await _queue.ReceiveAsync(Math.Min(most, _settings.MaxNumberOfMessages), wait, stop).ConfigureAwait(false);
            _health.Resume();
            _pauses.Reset();
            return messages;
        }
        catch (ArchiverException error) when (_mode == ReceiveMode.Forever)
        {
            await PauseAsync(_pauses.Next(), error.Message, Never, stop).ConfigureAwait(false);
        }
        catch (Exception error) when (_mode == ReceiveMode.Forever && !stop.IsCancellationRequested)
        {
            // A bug, but no reason to stop: the next message may be a better one.
            _log.Error(error, "Receiving failed");
            await PauseAsync(_pauses.Next(), error.Message, Never, stop).ConfigureAwait(false);
        }
        return null;
    }

    private async Task PauseAsync(TimeSpan pause, string reason, Task unless, CancellationToken stop)
    {
        _log.Error("Receiving pauses for {Pause}: {Reason}", pause, reason);
        _health.Pause(reason);
        await _health.WhileAsync(Task.WhenAny(unless, Task.Delay(pause, _time, stop))).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
    }

    private async Task WatchTrialAsync(List<Task> trial, CancellationToken stop)
    {
        var tooLong = Task.Delay(LongestTrial, _time, stop);
        if (await _health.WhileAsync(Task.WhenAny(Task.WhenAll(trial), _outage.WhenClosed, tooLong)).ConfigureAwait(false) == tooLong)
            _outage.Survive();
    }

    /// <summary>In drain mode an empty queue is not the end while work is under way: it may give messages back.</summary>
    private async Task<bool> AnythingUnderWayAsync(CancellationToken stop)
    {
        var changed = _slots.WaitForChangeAsync(stop);
        if (_slots.Taken == 0)
            return false;
        await _health.WhileAsync(changed).ConfigureAwait(false);
        return true;
    }

    private async Task FinishAsync(CancellationToken stop, CancellationToken stopNow)
    {
        _health.Stopping();
        await using var now = stopNow.Register(_stopJobs.Cancel);
        // Ended by itself, the loop waits for its work as long as that takes; stopped, only for the drain timeout.
        await using var drain = stop.Register(() => _stopJobs.CancelAfter(_times.Drain));
        var ended = _work.Ended;
        await _health.WhileAsync(Task.WhenAny(ended, GracesAsync())).ConfigureAwait(false);
        if (!ended.IsCompleted)
        {
            _log.Warning("{UnderWay} messages could not be given back in time; they come back when their visibility timeout ends", _slots.Taken);
            _leases.Abandon();
            await Task.WhenAny(ended, Task.Delay(StopTimes.Leaving, _time)).ConfigureAwait(false);
        }
    }

    /// <summary>From when the jobs are stopped until nothing is waited for any longer.</summary>
    private async Task GracesAsync()
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, _time, _stopJobs.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(_times.Grace + StopTimes.Telling, _time).ConfigureAwait(false);
    }
}
