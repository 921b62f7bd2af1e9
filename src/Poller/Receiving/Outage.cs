using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Handling;

namespace Archiver.Poller.Receiving;

/// <summary>Leads the <see cref="CircuitBreaker"/>: tells it what becomes of messages, and has the processor checked when it asks for that.</summary>
internal sealed class Outage(Func<CancellationToken, Task<Readiness>> check, TimeProvider time)
{
    private static readonly ArchiverException Guess = new(ExitCode.Unavailable,
        "several requests failed one after another, and none was archived in between; the lines \"Released\" tell why");

    private readonly Lock _lock = new();
    private CircuitBreaker _breaker = new();
    private TaskCompletionSource _closed = Closed();
    private int _period;

    /// <summary>Whether there is something to find out before the next receive; so at the start.</summary>
    public bool IsSuspected
    {
        get
        {
            lock (_lock)
                return _breaker.State == BreakerState.Open || _breaker.WantsCheck(time.GetUtcNow());
        }
    }

    /// <summary>How many messages may be received at once; null: as many as there are free slots.</summary>
    public int? Trials
    {
        get
        {
            lock (_lock)
                return _breaker.State == BreakerState.HalfOpen ? _breaker.Trials : null;
        }
    }

    /// <summary>The time since the last pause; to be taken at a message's receive, and given when it has ended.</summary>
    public int Period => Volatile.Read(ref _period);

    /// <summary>Completes when messages are received again as they come.</summary>
    public Task WhenClosed
    {
        get
        {
            lock (_lock)
                return _closed.Task;
        }
    }

    /// <summary>Learns from how a message ended.</summary>
    /// <param name="messageId">The message.</param>
    /// <param name="period">When it was received.</param>
    /// <param name="disposition">Its end.</param>
    public void Learn(string messageId, int period, Disposition disposition)
    {
        if (disposition.Kind == DispositionKind.Complete)
            Change(breaker => breaker.Succeeded(time.GetUtcNow()));
        // What was received before a pause failed before it too, and says nothing of now.
        else if (disposition.Outage != OutageSign.None && period == Period)
            Change(breaker => breaker.Failed(messageId));
    }

    /// <summary>Something that is no message's fault went wrong.</summary>
    public void Doubt() => Change(static breaker => breaker.Doubted());

    /// <summary>Messages on trial have not failed as others did.</summary>
    public void Survive() => Change(static breaker => breaker.Survived());

    /// <summary>Looks, when there is a suspicion.</summary>
    /// <returns>What keeps every message from being worked on; null when nothing does.</returns>
    public async Task<OutageFound?> FindAsync(CancellationToken stop)
    {
        bool isWanted;
        lock (_lock)
            isWanted = _breaker.WantsCheck(time.GetUtcNow());
        var found = isWanted ? await check(stop).ConfigureAwait(false) : default;
        if (isWanted)
            Change(breaker => breaker.Checked(found.Verdict, time.GetUtcNow()));
        lock (_lock)
            return _breaker.State == BreakerState.Open ? new OutageFound(found.Problem ?? Guess, _breaker.IsConfirmed, _breaker.Openings, _breaker.Pause) : null;
    }

    public void EndPause() => Change(static breaker => breaker.PauseEnded());

    private static TaskCompletionSource Closed() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Func<CircuitBreaker, CircuitBreaker> step)
    {
        lock (_lock)
        {
            var before = _breaker.State;
            _breaker = step(_breaker);
            if (before == BreakerState.Open && _breaker.State != BreakerState.Open)
                _period++;
            if (before == BreakerState.Closed && _breaker.State != BreakerState.Closed)
                _closed = Closed();
            if (_breaker.State == BreakerState.Closed)
                _closed.TrySetResult();
        }
    }
}
