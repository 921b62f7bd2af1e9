using Archiver.Contract.Boundary;
using Archiver.Poller.Retries;

namespace Archiver.Poller.Settling;

/// <summary>
/// Decides what becomes of a message, and which step comes next: a pure function of how its work ended, what was done for its end so far,
/// and settings. After the last receive that the redrive policy allows a message must not be released, for the queue itself would move it
/// then, without a word to its sender.
/// </summary>
/// <param name="Backoff">How long a released message stays hidden.</param>
/// <param name="MaxReceiveCount">Receives that the queue's redrive policy allows; null when it has none.</param>
/// <param name="HasDeadLetterQueue">Whether there is a queue to put rejected requests into.</param>
internal sealed record DispositionPolicy(Backoff Backoff, int? MaxReceiveCount, bool HasDeadLetterQueue)
{
    /// <summary>
    /// Whether a message was received more often than the queue should have allowed: its earlier tries have all died without a word.
    /// </summary>
    public bool IsReceivedTooOften(int receiveCount) => receiveCount > MaxReceiveCount;

    /// <summary>Whether no other try follows, so that this one is to be brought to its end with patience.</summary>
    public bool IsLastTry(WorkEnd end) => end.Tries >= MaxReceiveCount;

    /// <summary>The decision.</summary>
    /// <param name="end">How the work ended.</param>
    /// <param name="done">What was done for its end so far.</param>
    /// <param name="random">From 0 to 1, for the jitter.</param>
    public Disposition Decide(WorkEnd end, SettlementProgress done, double random)
    {
        if (end.LeaseLost)
            return new Disposition(DispositionKind.LeaveAlone);
        var delay = Backoff.After(end.Tries, random);
        var release = new Disposition(DispositionKind.Release, delay, SignOf(end, done)) { Next = SettlementStep.Release };
        if (done.Release != StepState.Open)
            return release with { Next = SettlementStep.Nothing };
        return GoalOf(end) switch
        {
            DispositionKind.Complete => Complete(end, done, release),
            DispositionKind.Reject when HasDeadLetterQueue => Reject(end, done, release),
            DispositionKind.PutBack => PutBack(end, done, release),
            // Never dropped: what has no dead-letter queue to go to stays in the queue.
            _ => IsStopped(end) && end.ExitCode is not (ExitCode.DataError or ExitCode.NoInput)
                ? release with { Delay = TimeSpan.Zero }
                : release,
        };
    }

    private DispositionKind GoalOf(WorkEnd end) => end.ExitCode switch
    {
        ExitCode.Ok => DispositionKind.Complete,
        ExitCode.DataError or ExitCode.NoInput => DispositionKind.Reject,
        _ when IsStopped(end) =>
            !IsLastReceive(end) ? DispositionKind.Release : MayPutBack(end) ? DispositionKind.PutBack : DispositionKind.Reject,
        _ => IsLastTry(end) ? DispositionKind.Reject : DispositionKind.Release,
    };

    private Disposition Complete(WorkEnd end, SettlementProgress done, Disposition release) => done.Completion switch
    {
        StepState.Open => Do(DispositionKind.Complete, SettlementStep.Tell),
        StepState.Done when done.Deletion == StepState.Failed && IsLastReceive(end) && HasDeadLetterQueue
            && done.DeadLetter == StepState.Open =>
            Do(DispositionKind.Release, SettlementStep.Keep),
        StepState.Done => Delete(DispositionKind.Complete, done, release),
        // The archive is there, and a try more would find it: only when none is left, the dead-letter queue has to tell of it.
        _ => IsLastTry(end) && HasDeadLetterQueue ? Keep(end, done, release) : release,
    };

    private Disposition Reject(WorkEnd end, SettlementProgress done, Disposition release)
    {
        // If the request cannot be kept, its failure is reported once: when the queue itself is about to move it.
        if (end.TooLargeToKeep && MaxReceiveCount is not null && !IsLastReceive(end))
            return release;
        return done.Completion switch
        {
            StepState.Open => Do(DispositionKind.Reject, SettlementStep.Tell),
            StepState.Failed when !IsLastTry(end) => release,
            _ => Keep(end, done, release),
        };
    }

    private Disposition Keep(WorkEnd end, SettlementProgress done, Disposition release) => done.DeadLetter switch
    {
        StepState.Open => Do(DispositionKind.Reject, SettlementStep.Keep),
        StepState.Done => Delete(DispositionKind.Reject, done, release),
        StepState.Partly => IsLastReceive(end) ? release with { Delay = TimeSpan.Zero } : release,
        // Moved by the queue it would have no reason. As a new message it can be rejected when the dead-letter queue takes it.
        _ => IsLastReceive(end) ? PutBack(end, done, release) : release,
    };

    private Disposition PutBack(WorkEnd end, SettlementProgress done, Disposition release) => done.PutBack switch
    {
        StepState.Open => Do(DispositionKind.PutBack, SettlementStep.PutBack) with { Tries = TriesAfter(end), Outage = release.Outage },
        StepState.Done => Delete(DispositionKind.PutBack, done, release),
        _ when HasDeadLetterQueue && done.DeadLetter != StepState.Failed => Reject(end, done, release),
        _ => release,
    };

    private static Disposition Delete(DispositionKind kind, SettlementProgress done, Disposition release) => done.Deletion switch
    {
        StepState.Open => Do(kind, SettlementStep.Delete),
        StepState.Done => new Disposition(kind, Outage: release.Outage),
        _ => release,
    };

    private static Disposition Do(DispositionKind kind, SettlementStep step) => new(kind) { Next = step };

    // One that is told to stop may end in any way, or be killed.
    private static bool IsStopped(WorkEnd end) => end.Stopped || end.ExitCode is ExitCode.Interrupted or ExitCode.Terminated;

    private bool IsLastReceive(WorkEnd end) => end.ReceiveCount >= MaxReceiveCount;

    // A program that always ends as if it had been stopped must not go on for ever.
    private bool MayPutBack(WorkEnd end) => end.Stopped || end.EarlierTries + 1 < MaxReceiveCount;

    // Nobody knows which of the receives failed and which were stopped: so that stops use up no tries, but tries end, one counts. The last
    // try never does.
    private int TriesAfter(WorkEnd end) => IsStopped(end)
        ? Math.Min(end.EarlierTries + 1, MaxReceiveCount!.Value - 1)
        : MaxReceiveCount!.Value - 1;

    private static OutageSign SignOf(WorkEnd end, SettlementProgress done) =>
        done.OthersMayFail || end.ExitCode is ExitCode.Config or ExitCode.Unavailable or ExitCode.NoPermission
            ? OutageSign.Possible
            : OutageSign.None;
}
