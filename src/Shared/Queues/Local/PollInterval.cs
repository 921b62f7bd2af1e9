namespace Archiver.Queues.Local;

/// <summary>
/// How long a long poll waits before it looks again, since other processes cannot wake it: short while messages arrive, then longer and
/// longer, across all receives of a queue.
/// </summary>
internal sealed class PollInterval
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private long _next = Shortest.Ticks;

    /// <summary>Call this when messages have arrived.</summary>
    public void Reset() => Interlocked.Exchange(ref _next, Shortest.Ticks);

    public TimeSpan Next(TimeSpan left)
    {
        var interval = Interlocked.Read(ref _next);
        Interlocked.Exchange(ref _next, Math.Min(interval * 2, Longest.Ticks));
        return interval < left.Ticks ? TimeSpan.FromTicks(interval) : left;
    }
}
