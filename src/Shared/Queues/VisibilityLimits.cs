namespace Archiver.Queues;

/// <summary>How long a message may be hidden, on SQS and so everywhere.</summary>
internal static class VisibilityLimits
{
    public static readonly TimeSpan Maximum = TimeSpan.FromHours(12);

    public static VisibilityChange Cap(VisibilityChange change)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(change.Timeout, TimeSpan.Zero);
        return change.Timeout > Maximum ? change with { Timeout = Maximum } : change;
    }
}
