using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Leases;
using Archiver.Poller.Telemetry;
using Archiver.Queues;

namespace Archiver.Poller.Handling;

/// <summary>The steps to one message's end, and what came of them.</summary>
internal sealed class SettlementSteps(
    MessageQueues queues, LeaseKeeper leases, Deletions deletions, UntilLost untilLost, EndedMessage ended, bool isLastTry, CancellationToken stop)
{
    private readonly ReceivedMessage _message = ended.Arrival.Message;

    // What went wrong on the way.
    private string? _problem;

    public SettlementProgress Done { get; private set; }

    /// <exception cref="OperationCanceledException">The lease was lost.</exception>
    public async Task DoAsync(Disposition decided)
    {
        switch (decided.Next)
        {
            case SettlementStep.Tell:
                var completion = await TryAsync("its completion could not be sent", TellAsync).ConfigureAwait(false);
                Done = Done with { Completion = completion };
                break;
            case SettlementStep.Keep:
                var deadLetter = await TryAsync("the dead-letter queue does not take it", KeepAsync).ConfigureAwait(false);
                Done = Done with { DeadLetter = deadLetter };
                break;
            case SettlementStep.PutBack:
                var putBack = await TryAsync("it could not be put back", () => PutBackAsync(decided.Tries)).ConfigureAwait(false);
                Done = Done with { PutBack = putBack };
                break;
            case SettlementStep.Delete:
                var deletion = await TryAsync("the request could not be deleted", DeleteAsync).ConfigureAwait(false);
                Done = Done with { Deletion = deletion };
                break;
            case SettlementStep.Release:
                await ReleaseAsync(decided).ConfigureAwait(false);
                break;
        }
    }

    private async Task<StepState> TryAsync(string failed, Func<Task<StepState>> step)
    {
        try
        {
            return await step().ConfigureAwait(false);
        }
        catch (ArchiverException error)
        {
            ended.Log.Error("The message's end is in doubt: {Problem}: {Reason}", failed, error.Message);
            _problem ??= $"{failed}: {error.Message}";
            // What a queue refuses is this message's own fault.
            Done = Done with { OthersMayFail = Done.OthersMayFail || error.ExitCode != ExitCode.DataError };
            return StepState.Failed;
        }
    }

    private async Task<StepState> TellAsync()
    {
        if (queues.Completions is not { } completions)
            return StepState.Done;
        var (request, result) = (TraceContext.LeadOn(ended.Request), ended.Outcome.Result);
        OutgoingMessage Once(OutgoingMessage completion) => completion with { DeduplicationId = CompletionBuilder.DeduplicationId(_message, result) };
        await SendEitherAsync("Sending the completion", completions,
            Once(CompletionBuilder.Build(request, result, queues.LargestCompletion)), Once(CompletionBuilder.BuildMinimal(request, result))).ConfigureAwait(false);
        return StepState.Done;
    }

    private async Task<StepState> KeepAsync()
    {
        var letter = new DeadLetterMessage(ended.Arrival.Original, ended.WhyRejected(_problem, Done.Completion == StepState.Done), queues.LargestDeadLetter);
        OutgoingMessage Addressed(OutgoingMessage message, string part = "") => message with
        {
            GroupId = _message.GroupId ?? ArchiveGroup.For(ended.AipId),
            DeduplicationId = _message.MessageId + part,
        };
        foreach (var candidate in letter.Candidates())
            if (await TryKeepAsync(Addressed(candidate)).ConfigureAwait(false) is not null)
                return StepState.Done;
        var body = await TryKeepAsync(Addressed(new OutgoingMessage(ended.Arrival.Original.Body), "-body")).ConfigureAwait(false);
        await SendAsync("Keeping the rejected request", queues.DeadLetter!, Addressed(letter.Notice(body), "-notice")).ConfigureAwait(false);
        return body is null ? StepState.Partly : StepState.Done;
    }

    private async Task<StepState> PutBackAsync(int tries)
    {
        var plain = PutBackMessage.Plain(ended.Arrival);
        await SendEitherAsync("Putting the request back", queues.Requests, PutBackMessage.Marked(ended.Arrival, tries) ?? plain, plain).ConfigureAwait(false);
        return StepState.Done;
    }

    private async Task<StepState> DeleteAsync()
    {
        await untilLost.DoAsync("Deleting the message", lost => deletions.DeleteAsync(ended.Lease.ReceiptHandle).WaitAsync(lost), isLastTry, ended.Lease, ended.Log, stop).ConfigureAwait(false);
        return StepState.Done;
    }

    private async Task ReleaseAsync(Disposition decided)
    {
        // An extension that is under way would hide the message again.
        await leases.LetGoAsync(ended.Lease).ConfigureAwait(false);
        ended.Log.Warning("Released for {Delay}: exit code {ExitCode} ({ExitName}), {Reason}",
            decided.Delay, ended.Outcome.ExitCode, ExitCode.NameOf(ended.Outcome.ExitCode), _problem ?? ended.Outcome.Result.Message);
        try
        {
            await untilLost.DoAsync("Releasing the message", lost => queues.Requests.ChangeVisibilityAsync(ended.Lease.ReceiptHandle, decided.Delay, lost),
                isLastTry: false, ended.Lease, ended.Log, stop).ConfigureAwait(false);
        }
        catch (ArchiverException error)
        {
            ended.Log.Warning("The message could not be released; it comes back when its visibility timeout ends: {Reason}", error.Message);
        }
    }

    /// <returns>The message id; null when the queue refuses the message.</returns>
    private async Task<string?> TryKeepAsync(OutgoingMessage message)
    {
        try
        {
            return await SendAsync("Keeping the rejected request", queues.DeadLetter!, message).ConfigureAwait(false);
        }
        catch (ArchiverException error) when (error.ExitCode == ExitCode.DataError)
        {
            ended.Log.Warning("The dead-letter queue refuses the request as it is: {Reason}", error.Message);
            return null;
        }
    }

    /// <summary>Sends a message, or where the queue refuses it, the one that says less.</summary>
    private async Task SendEitherAsync(string what, IMessageQueue queue, OutgoingMessage message, OutgoingMessage less)
    {
        try
        {
            await SendAsync(what, queue, message).ConfigureAwait(false);
        }
        catch (ArchiverException error) when (error.ExitCode == ExitCode.DataError)
        {
            ended.Log.Warning("{What}: the message is shortened, because it is refused: {Reason}", what, error.Message);
            await SendAsync(what, queue, less).ConfigureAwait(false);
        }
    }

    private async Task<string> SendAsync(string what, IMessageQueue queue, OutgoingMessage message)
    {
        var id = "";
        await untilLost.DoAsync(what, async lost => id = await queue.SendAsync(message, lost).ConfigureAwait(false), isLastTry, ended.Lease, ended.Log, stop).ConfigureAwait(false);
        return id;
    }
}
