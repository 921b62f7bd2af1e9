namespace Archiver.Poller.Leases;

/// <summary>The right to work on a message, as long as it stays hidden from others.</summary>
internal sealed class Lease : IDisposable
{
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _end;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenRegistration _abandoned;
    private readonly Lock _lock = new();
    private volatile LeaseState _state = LeaseState.Held;
    private bool _disposed;

    /// <param name="receiptHandle">Of the message, which was received just now.</param>
    /// <param name="hidden">How long the receive hid it.</param>
    /// <param name="abandoned">Gives it up, as if it were lost.</param>
    public Lease(string receiptHandle, TimeSpan hidden, TimeProvider time, CancellationToken abandoned = default)
    {
        (ReceiptHandle, _time, _end) = (receiptHandle, time, time.GetUtcNow() + LeaseTerms.Longest);
        // Fires when nothing has been heard of the message for as long as it was hidden.
        _lost = new CancellationTokenSource(hidden, time);
        Lost = _lost.Token;
        _abandoned = abandoned.Register(Lose);
    }

    public string ReceiptHandle { get; }

    /// <summary>Fires when the message may be somebody else's: from then on, leave it alone.</summary>
    public CancellationToken Lost { get; }

    public LeaseState State => Lost.IsCancellationRequested ? LeaseState.Lost : _state;

    /// <summary>The next extension.</summary>
    /// <param name="visibility">The queue's visibility timeout.</param>
    /// <returns>Null when the message cannot be hidden any longer.</returns>
    public TimeSpan? NextExtension(TimeSpan visibility) => LeaseTerms.Extension(visibility, _end - _time.GetUtcNow());

    /// <param name="hiddenUntil">What the extension has reached at least.</param>
    public void Renew(DateTimeOffset hiddenUntil)
    {
        _state = LeaseState.Renewed;
        var left = hiddenUntil - _time.GetUtcNow();
        lock (_lock)
            if (!_disposed)
                _lost.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    /// <returns>False when it was in doubt already.</returns>
    public bool Doubt()
    {
        var before = _state;
        _state = LeaseState.Unknown;
        return before != LeaseState.Unknown;
    }

    public void Lose()
    {
        if (!IsDisposed)
            _lost.Cancel();
    }

    public void Dispose()
    {
        _abandoned.Dispose();
        lock (_lock)
            _disposed = true;
        _lost.Dispose();
    }

    private bool IsDisposed
    {
        get
        {
            lock (_lock)
                return _disposed;
        }
    }
}
