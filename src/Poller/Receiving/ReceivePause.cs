namespace Archiver.Poller.Receiving;

/// <summary>How long to wait after a receive that failed: longer with every failure in a row.</summary>
internal sealed class ReceivePause
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private int _failures;

    public TimeSpan Next() => TimeSpan.FromSeconds(Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(_failures++, 20)), Longest.TotalSeconds));

    public void Reset() => _failures = 0;
}
