using Archiver.Contract.Boundary;
using Archiver.Poller.Retries;

namespace Archiver.Poller.Settling;

/// <summary>Whether a step of a message's end that failed is tried again: a pure function.</summary>
internal static class RetryPolicy
{
    /// <summary>How long a last try may hold a message whose queue is away, before something else is done about it.</summary>
    public static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(5);

    /// <summary>How long a last try waits for somebody to mend rights or settings.</summary>
    public static readonly TimeSpan LongestRefusal = TimeSpan.FromSeconds(30);

    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));

    /// <param name="exitCode">What kind of failure it was.</param>
    /// <param name="attempt">1 after the first.</param>
    /// <param name="elapsed">Since the first attempt.</param>
    /// <param name="isLastTry">Whether the message gets no other try: before that, what people have to mend is left to the next, and what
    /// is away is waited for.</param>
    /// <param name="random">From 0 to 1.</param>
    /// <returns>How long to wait before the next attempt; null when there is to be none.</returns>
    public static TimeSpan? PauseAfter(int exitCode, int attempt, TimeSpan elapsed, bool isLastTry, double random)
    {
        var longest = exitCode switch
        {
            ExitCode.DataError => TimeSpan.Zero,
            ExitCode.Unavailable => isLastTry ? LongestOutage : TimeSpan.MaxValue,
            _ => isLastTry ? LongestRefusal : TimeSpan.Zero,
        };
        return elapsed < longest ? Pauses.After(attempt, random) : null;
    }
}
