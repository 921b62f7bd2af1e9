using Archiver.Contract.Boundary;
using Archiver.Poller.Leases;

namespace Archiver.Poller.Settling;

/// <summary>Brings messages to their ends: takes the step that the policy names, and asks it for the next.</summary>
internal sealed class Settlement(MessageQueues queues, LeaseRenewer leases, TimeProvider time)
{
    private readonly UntilLost _untilLost = new(time);
    private readonly Deletions _deletions = new(queues.Requests, time);

    /// <summary>Whether the dead-letter queue has no room for a request with the reason beside it.</summary>
    public bool IsTooLargeToKeep(EndedMessage ended) => queues.DeadLetter is { } deadLetter
        && !new DeadLetterMessage(ended.Request.Arrival.Original, ended.WhyRejected(null, isTold: false), deadLetter.Largest)
            .Candidates().Any();

    /// <param name="decided">What the policy said before anything was done.</param>
    /// <param name="policy">Is asked after each step.</param>
    /// <param name="end">What the policy knows of the message.</param>
    /// <param name="stop">Ends the patience with queues that fail.</param>
    /// <returns>What was done in fact.</returns>
    public async Task<Disposition> CarryOutAsync(EndedMessage ended, Disposition decided, DispositionPolicy policy, WorkEnd end,
        CancellationToken stop)
    {
        var steps = new SettlementSteps(queues, leases, _deletions, _untilLost, ended, policy.IsLastTry(end), stop);
        while (decided.Next != SettlementStep.Nothing)
        {
            try
            {
                await steps.DoAsync(decided).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ended.Lease.Lost.IsCancellationRequested)
            {
                end = end with { LeaseLost = true };
            }
            decided = policy.Decide(end, steps.Done, Random.Shared.NextDouble());
        }
        Report(decided.Kind, ended);
        return decided;
    }

    private static void Report(DispositionKind kind, EndedMessage ended)
    {
        var (outcome, log) = (ended.Outcome, ended.Log);
        if (kind == DispositionKind.LeaveAlone)
            log.Warning("The message became visible to other pollers while it was processed, and is left to them");
        else if (kind == DispositionKind.PutBack)
            log.Warning("Put back as a new message: exit code {ExitCode} ({ExitName}), {Reason}", outcome.ExitCode,
                ExitCode.NameOf(outcome.ExitCode), outcome.Result.Message);
        else if (kind == DispositionKind.Complete && outcome.Result.Archive is { } archive)
            log.Information("Archived as {Archive}, {Bytes} bytes, {Files} files, in {Duration} ms, reused: {Reused}",
                archive.Uri, archive.Bytes, archive.Files, archive.DurationMs, archive.Reused);
        else if (kind != DispositionKind.Release)
            log.Error("Rejected: exit code {ExitCode} ({ExitName}), {Reason}", outcome.ExitCode, ExitCode.NameOf(outcome.ExitCode),
                outcome.Result.Message);
    }
}
