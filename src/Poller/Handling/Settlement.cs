using Archiver.Contract.Boundary;
using Archiver.Poller.Leases;

namespace Archiver.Poller.Handling;

/// <summary>Brings messages to their ends: does what the policy says, and asks it again with what came of that.</summary>
internal sealed class Settlement(MessageQueues queues, LeaseKeeper leases, TimeProvider time)
{
    private readonly UntilLost _untilLost = new(time);
    private readonly Deletions _deletions = new(queues.Requests, time);

    /// <summary>Whether the dead-letter queue has no room for a request with the reason beside it.</summary>
    public bool IsTooLargeToKeep(EndedMessage ended) =>
        queues.DeadLetter is not null && !new DeadLetterMessage(ended.Arrival.Original, ended.WhyRejected(null, isTold: false), queues.LargestDeadLetter).Candidates().Any();

    /// <returns>What was done in fact.</returns>
    public async Task<Disposition> CarryOutAsync(DispositionPolicy policy, WorkEnd end, EndedMessage ended, CancellationToken stop)
    {
        var steps = new SettlementSteps(queues, leases, _deletions, _untilLost, ended, policy.IsLastTry(end), stop);
        try
        {
            while (true)
            {
                var decided = policy.Decide(end, steps.Done, Random.Shared.NextDouble());
                if (decided.Next == SettlementStep.Nothing)
                {
                    Report(decided, ended);
                    return decided;
                }
                await steps.DoAsync(decided).ConfigureAwait(false);
                if (decided.Next == SettlementStep.Release)
                    return decided;
            }
        }
        catch (OperationCanceledException) when (ended.Lease.Lost.IsCancellationRequested)
        {
            var left = new Disposition(DispositionKind.LeaveAlone);
            Report(left, ended);
            return left;
        }
    }

    private static void Report(Disposition disposition, EndedMessage ended)
    {
        var (outcome, log) = (ended.Outcome, ended.Log);
        if (disposition.Kind == DispositionKind.LeaveAlone)
            log.Warning("The message became visible to others while it was worked on, and is left alone");
        else if (disposition.Kind == DispositionKind.PutBack)
            log.Warning("Put back as a new message: exit code {ExitCode} ({ExitName}), {Reason}", outcome.ExitCode, ExitCode.NameOf(outcome.ExitCode), outcome.Result.Message);
        else if (disposition.Kind == DispositionKind.Complete && outcome.Result.Archive is { } archive)
            log.Information("Archived as {Archive}, {Bytes} bytes, {Files} files, in {Duration} ms, reused: {Reused}",
                archive.Uri, archive.Bytes, archive.Files, archive.DurationMs, archive.Reused);
        else
            log.Error("Rejected: exit code {ExitCode} ({ExitName}), {Reason}", outcome.ExitCode, ExitCode.NameOf(outcome.ExitCode), outcome.Result.Message);
    }
}
