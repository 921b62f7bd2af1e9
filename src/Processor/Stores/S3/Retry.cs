namespace Archiver.Processor.Stores.S3;

/// <summary>How often and after what delays a transfer is retried: exponential backoff with full jitter.</summary>
/// <param name="Attempts">Attempts in all, including the first.</param>
/// <param name="FirstDelay">Upper bound of the first delay; it doubles.</param>
/// <param name="LongestDelay">Upper bound of every delay.</param>
internal sealed record RetryPolicy(int Attempts, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    /// <summary>Gives up after about half a minute.</summary>
    public static RetryPolicy Default { get; } = new(8, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));

    /// <param name="attempt">The attempt that failed; 1 for the first.</param>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan DelayAfter(int attempt, double random) =>
        TimeSpan.FromTicks((long)(Math.Min(FirstDelay.Ticks * Math.Pow(2, attempt - 1), LongestDelay.Ticks) * random));
}

/// <summary>Retries operations according to a policy.</summary>
internal sealed class Retry(RetryPolicy policy, TimeProvider time)
{
    /// <summary>Runs an operation until it succeeds, fails permanently, or has failed too often.</summary>
    public async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> operation, Func<Exception, bool> isTransient, CancellationToken cancellationToken)
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
