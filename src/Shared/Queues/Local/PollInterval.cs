namespace Archiver.Queues.Local;

/// <summary>How long a long poll waits before it looks again: short at first, then longer, since other processes cannot wake it.</summary>
internal struct PollInterval()
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    private TimeSpan _next = TimeSpan.FromMilliseconds(10);

    public TimeSpan Next(TimeSpan left)
    {
        var interval = _next;
        _next = TimeSpan.FromTicks(Math.Min(interval.Ticks * 2, Longest.Ticks));
        return interval < left ? interval : left;
    }
}
