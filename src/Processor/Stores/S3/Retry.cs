namespace Archiver.Processor.Stores.S3;

/// <summary>How often and after what delays a transfer is tried again: exponential backoff with full jitter.</summary>
/// <param name="Attempts">Tries in all.</param>
/// <param name="FirstDelay">Upper bound of the first delay; it doubles.</param>
/// <param name="LongestDelay">Upper bound of every delay.</param>
internal sealed record RetryPolicy(int Attempts, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    /// <summary>About half a minute of trying.</summary>
    public static RetryPolicy Default { get; } = new(8, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));

    /// <summary>The delay after a failed attempt.</summary>
    /// <param name="attempt">1 for the first.</param>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan DelayAfter(int attempt, double random) =>
        TimeSpan.FromTicks((long)(Math.Min(FirstDelay.Ticks * Math.Pow(2, attempt - 1), LongestDelay.Ticks) * random));
}

/// <summary>Carries a retry policy out.</summary>
internal sealed class Retry(RetryPolicy policy, TimeProvider time)
{
    /// <summary>Runs an operation until it succeeds, fails in a way that trying again cannot mend, or has failed too often.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> operation, Func<Exception, bool> isTransient, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await operation(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (attempt < policy.Attempts && !cancellationToken.IsCancellationRequested && isTransient(error))
            {
                await Task.Delay(policy.DelayAfter(attempt, Random.Shared.NextDouble()), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
