namespace Archiver.Processor.Stores.S3;

/// <summary>
/// Spaces requests out when a server says that they come too fast: what trips its limits is the rate, not the number under way.
/// Each refusal doubles the space between two requests, each success takes a little of it back, down to none.
/// </summary>
internal sealed class AdaptivePace(TimeProvider time)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);
    private const double Recovery = 0.95;

    private readonly Lock _lock = new();
    private TimeSpan _space;
    private DateTimeOffset _next;

    /// <summary>The space between two requests now.</summary>
    public TimeSpan Space
    {
        get
        {
            lock (_lock)
                return _space;
        }
    }

    /// <summary>Waits for the next request's turn.</summary>
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

    /// <summary>A request was refused because too many came.</summary>
    public void Throttled()
    {
        lock (_lock)
            _space = _space == TimeSpan.Zero ? Least : _space * 2 > Most ? Most : _space * 2;
    }

    /// <summary>A request was served.</summary>
    public void Served()
    {
        lock (_lock)
            _space = _space * Recovery < Least / 2 ? TimeSpan.Zero : _space * Recovery;
    }
}
