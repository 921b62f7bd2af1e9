namespace Archiver.Queues;

/// <summary>What a receive may ask for, on SQS and so everywhere.</summary>
internal static class ReceiveLimits
{
    public const int MaximumMessages = 10;
    public static readonly TimeSpan MaximumWait = TimeSpan.FromSeconds(20);

    public static void Check(int maxMessages, TimeSpan wait)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxMessages, MaximumMessages);
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wait, MaximumWait);
    }
}
