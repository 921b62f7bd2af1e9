namespace Archiver.Poller.Receiving;

/// <summary>
/// Asked before each receive: the <see cref="CircuitBreaker"/>, shared by all who have something to tell it, and the check that it wants
/// now and then.
/// </summary>
internal sealed class ReceiveGuard(Func<CancellationToken, Task<BreakerEvent.Checked>> check, TimeProvider time)
{
    private static readonly TimeSpan LongestTrial = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private CircuitBreaker _breaker = new();
    private TaskCompletionSource _closed = Unclosed();

    public ReceiveAdvice Advice
    {
        get
        {
            lock (_lock)
                return _breaker.Advise(time.GetUtcNow());
        }
    }

    /// <summary>To be taken when a message is received, and told when it has ended.</summary>
    public int Period
    {
        get
        {
            lock (_lock)
                return _breaker.Period;
        }
    }

    /// <summary>Completes when messages are received again as they come.</summary>
    public Task WhenClosed
    {
        get
        {
            lock (_lock)
                return _closed.Task;
        }
    }

    public void Record(BreakerEvent happened)
    {
        lock (_lock)
        {
            var before = _breaker.State;
            _breaker = _breaker.After(happened, time.GetUtcNow());
            if (before == BreakerState.Closed && _breaker.State != BreakerState.Closed)
                _closed = Unclosed();
            if (_breaker.State == BreakerState.Closed)
                _closed.TrySetResult();
        }
    }

    /// <summary>The advice, after a check where one is due.</summary>
    public async Task<ReceiveAdvice> AskAsync(CancellationToken stop)
    {
        if (Advice is ReceiveAdvice.Check)
            Record(await check(stop).ConfigureAwait(false));
        return Advice;
    }

    /// <summary>Waits until messages on trial have ended, or have worked long enough to tell them from those that failed.</summary>
    public async Task WatchAsync(IReadOnlyList<Task> trial, CancellationToken stop)
    {
        var tooLong = Task.Delay(LongestTrial, time, stop);
        if (await Task.WhenAny(Task.WhenAll(trial), WhenClosed, tooLong).ConfigureAwait(false) == tooLong)
            Record(new BreakerEvent.TrialSurvived());
    }

    private static TaskCompletionSource Unclosed() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
