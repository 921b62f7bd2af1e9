namespace Archiver.Poller.Retries;

/// <summary>Exponential backoff: a wait that doubles with every failure in a row, up to a limit.</summary>
/// <param name="First">The wait after the first failure.</param>
/// <param name="Longest">The limit.</param>
internal sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <param name="failures">In a row; 1 for the first.</param>
    public TimeSpan After(int failures) =>
        TimeSpan.FromSeconds(Math.Min(First.TotalSeconds * Math.Pow(2, Math.Max(0, failures - 1)), Longest.TotalSeconds));

    /// <summary>With full jitter: anything between zero and the wait.</summary>
    /// <param name="failures">In a row; 1 for the first.</param>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan After(int failures, double random) => After(failures) * random;
}
