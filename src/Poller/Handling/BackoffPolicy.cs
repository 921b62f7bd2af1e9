namespace Archiver.Poller.Handling;

/// <summary>Exponential backoff with full jitter: a random time between zero and a bound that doubles with every receive.</summary>
/// <param name="Base">The bound after the first receive.</param>
/// <param name="Max">The highest bound.</param>
public sealed record BackoffPolicy(TimeSpan Base, TimeSpan Max)
{
    /// <summary>The delay before a message is seen again.</summary>
    /// <param name="receiveCount">1 for the first receive.</param>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan DelayAfter(int receiveCount, double random)
    {
        var bound = Math.Min(Base.TotalSeconds * Math.Pow(2, Math.Max(0, receiveCount - 1)), Max.TotalSeconds);
        return TimeSpan.FromSeconds(bound * random);
    }
}
