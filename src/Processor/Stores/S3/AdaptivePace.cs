namespace Archiver.Processor.Stores.S3;

/// <summary>
/// Spaces out requests when a server throttles: servers limit the rate of requests, not their number at once.
/// Each throttled request doubles the interval between requests; each success shortens it a little, down to none.
/// </summary>
internal sealed class AdaptivePace(TimeProvider time)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);
    private const double Recovery = 0.95;

    private readonly Lock _lock = new();
    private TimeSpan _space;
    private DateTimeOffset _next;

    /// <summary>The current interval between requests.</summary>
    public TimeSpan Space
    {
        get
        {
            lock (_lock)
                return _space;
        }
    }

    /// <summary>Waits until the next request may be sent.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan delay;
        lock (_lock)
        {
            if (_space == TimeSpan.Zero)
                return Task.CompletedTask;
            var now = time.GetUtcNow();
            var turn = _next > now ? _next : now;
            _next = turn + _space;
            delay = turn - now;
        }
        return Task.Delay(delay, time, cancellationToken);
    }

    /// <summary>The server throttled a request.</summary>
    public void Throttled()
    {
        lock (_lock)
            _space = _space == TimeSpan.Zero ? Least : _space * 2 > Most ? Most : _space * 2;
    }

    public void Served()
    {
        lock (_lock)
            _space = _space * Recovery < Least / 2 ? TimeSpan.Zero : _space * Recovery;
    }
}
