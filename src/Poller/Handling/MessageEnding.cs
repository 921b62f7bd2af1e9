using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Poller.Leases;
using Archiver.Poller.Processors;
using Archiver.Poller.Telemetry;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Handling;

/// <summary>The queues that an ended message concerns.</summary>
/// <param name="Requests">Where it came from.</param>
/// <param name="Completions">Where its completion goes; null: nowhere.</param>
/// <param name="DeadLetter">Where it goes when it is rejected; null: nowhere.</param>
/// <param name="LargestCompletion">The most bytes of a completion.</param>
/// <param name="LargestDeadLetter">The most bytes of a rejected request.</param>
internal sealed record MessageQueues(
    IMessageQueue Requests, IMessageQueue? Completions, IMessageQueue? DeadLetter, int LargestCompletion, int LargestDeadLetter);

/// <summary>A message whose work has ended.</summary>
/// <param name="Message">As received.</param>
/// <param name="Request">The request in it, which an envelope may have held.</param>
/// <param name="AipId">What it is about.</param>
/// <param name="Outcome">How the work ended.</param>
/// <param name="Lease">Ours as long as it is not lost.</param>
/// <param name="Log">Names the message.</param>
internal sealed record EndedMessage(ReceivedMessage Message, ReceivedMessage Request, string AipId, ProcessorOutcome Outcome, Lease Lease, ILogger Log);

/// <summary>Carries a disposition out, in the order that loses nothing: tell, keep a copy, and only then delete.</summary>
internal sealed class MessageEnding(MessageQueues queues, LeaseKeeper leases, BackoffPolicy backoff, TimeProvider time)
{
    private readonly UntilLost _untilLost = new(time);
    private readonly Deletions _deletions = new(queues.Requests, time);

    /// <summary>Carries it out; what cannot be told or kept is released instead, and so tried again.</summary>
    /// <returns>What was done in fact.</returns>
    public async Task<Disposition> CarryOutAsync(Disposition disposition, EndedMessage ended, CancellationToken stop)
    {
        try
        {
            if (disposition.Kind == DispositionKind.LeaveAlone)
                return LeaveAlone(ended);
            if (disposition.Kind == DispositionKind.Release)
                return await ReleaseAsync(disposition, ended, ended.Outcome.Result.Message, stop).ConfigureAwait(false);
            try
            {
                await TellAsync(ended, stop).ConfigureAwait(false);
                if (disposition.Kind == DispositionKind.Reject)
                    await KeepAsync(ended, stop).ConfigureAwait(false);
                await DeleteAsync(ended, stop).ConfigureAwait(false);
            }
            catch (ArchiverException error)
            {
                var release = new Disposition(DispositionKind.Release, backoff.DelayAfter(ended.Message.ReceiveCount, Random.Shared.NextDouble()), error.ExitCode == ExitCode.DataError ? OutageSign.None : OutageSign.Possible);
                return await ReleaseAsync(release, ended, $"its end cannot be told: {error.Message}", stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ended.Lease.Lost.IsCancellationRequested)
        {
            return LeaveAlone(ended);
        }
        Report(disposition, ended);
        return disposition;
    }

    private async Task TellAsync(EndedMessage ended, CancellationToken stop)
    {
        if (queues.Completions is not { } completions)
            return;
        var completion = CompletionBuilder.Build(TraceContext.LeadOn(ended.Request), ended.Outcome.Result, queues.LargestCompletion);
        await _untilLost.DoAsync("Sending the completion", async Task (lost) => await completions.SendAsync(completion, lost).ConfigureAwait(false),
            ended.Lease, ended.Log, stop).ConfigureAwait(false);
    }

    private async Task KeepAsync(EndedMessage ended, CancellationToken stop)
    {
        var error = ended.Outcome.Result.Error
            ?? new FailureDescription(ExitCode.NameOf(ended.Outcome.ExitCode), ended.Outcome.ExitCode, ended.Outcome.Result.Message);
        var rejected = DeadLetterMessage.Build(ended.Message, ended.AipId, error, queues.LargestDeadLetter);
        await _untilLost.DoAsync("Keeping the rejected request", async Task (lost) => await queues.DeadLetter!.SendAsync(rejected, lost).ConfigureAwait(false),
            ended.Lease, ended.Log, stop).ConfigureAwait(false);
    }

    private Task DeleteAsync(EndedMessage ended, CancellationToken stop) =>
        _untilLost.DoAsync("Deleting the message", lost => _deletions.DeleteAsync(ended.Lease.ReceiptHandle).WaitAsync(lost), ended.Lease, ended.Log, stop);

    private async Task<Disposition> ReleaseAsync(Disposition disposition, EndedMessage ended, string reason, CancellationToken stop)
    {
        // An extension that is under way would hide the message again.
        await leases.LetGoAsync(ended.Lease).ConfigureAwait(false);
        ended.Log.Warning("Released for {Delay}: exit code {ExitCode} ({ExitName}), {Reason}",
            disposition.Delay, ended.Outcome.ExitCode, ExitCode.NameOf(ended.Outcome.ExitCode), reason);
        try
        {
            await _untilLost.DoAsync("Releasing the message", lost => queues.Requests.ChangeVisibilityAsync(ended.Lease.ReceiptHandle, disposition.Delay, lost),
                ended.Lease, ended.Log, stop).ConfigureAwait(false);
        }
        catch (ArchiverException error)
        {
            ended.Log.Warning("The message could not be released; it comes back when its visibility timeout ends: {Reason}", error.Message);
        }
        return disposition;
    }

    private static Disposition LeaveAlone(EndedMessage ended)
    {
        ended.Log.Warning("The message became visible to others while it was worked on, and is left alone");
        return new Disposition(DispositionKind.LeaveAlone);
    }

    private static void Report(Disposition disposition, EndedMessage ended)
    {
        var (outcome, log) = (ended.Outcome, ended.Log);
        if (disposition.Kind == DispositionKind.Complete && outcome.Result.Archive is { } archive)
            log.Information("Archived as {Archive}, {Bytes} bytes, {Files} files, in {Duration} ms, reused: {Reused}",
                archive.Uri, archive.Bytes, archive.Files, archive.DurationMs, archive.Reused);
        else
            log.Error("Rejected: exit code {ExitCode} ({ExitName}), {Reason}", outcome.ExitCode, ExitCode.NameOf(outcome.ExitCode), outcome.Result.Message);
    }
}
