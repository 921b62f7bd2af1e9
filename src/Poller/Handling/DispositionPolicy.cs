using Archiver.Contract.Boundary;

namespace Archiver.Poller.Handling;

/// <summary>Decides what becomes of a message: a pure function of the exit code, the receive count and settings.</summary>
/// <param name="Backoff">How long a released message stays hidden.</param>
/// <param name="MaxReceiveCount">Receives that the queue's redrive policy allows; null when it has none.</param>
/// <param name="HasDeadLetterQueue">Whether there is a queue to put rejected requests into.</param>
public sealed record DispositionPolicy(BackoffPolicy Backoff, int? MaxReceiveCount, bool HasDeadLetterQueue)
{
    /// <summary>Whether a message was received more often than the queue should have allowed: its earlier tries have all died without a word.</summary>
    public bool IsReceivedTooOften(int receiveCount) => receiveCount > MaxReceiveCount;

    /// <summary>The decision.</summary>
    /// <param name="exitCode">What the processor ended with.</param>
    /// <param name="receiveCount">How often the message has been received, 1 for the first time.</param>
    /// <param name="random">From 0 to 1, for the jitter.</param>
    public Disposition Decide(int exitCode, int receiveCount, double random)
    {
        var release = new Disposition(DispositionKind.Release, Backoff.DelayAfter(receiveCount, random));
        var decided = exitCode switch
        {
            ExitCode.Ok => new Disposition(DispositionKind.Complete),
            ExitCode.DataError or ExitCode.NoInput => new Disposition(DispositionKind.Reject),
            ExitCode.Interrupted or ExitCode.Terminated => release with { Delay = TimeSpan.Zero },
            ExitCode.Config or ExitCode.Unavailable or ExitCode.NoPermission => release with { Outage = OutageSign.Possible },
            _ => release,
        };
        // After this receive the queue itself would move the message without a word to its sender.
        if (decided.Kind == DispositionKind.Release && receiveCount >= MaxReceiveCount)
            decided = decided with { Kind = DispositionKind.Reject };
        // Never dropped: what has no dead-letter queue to go to stays in the queue.
        return decided.Kind == DispositionKind.Reject && !HasDeadLetterQueue ? release with { Outage = decided.Outage } : decided;
    }
}
