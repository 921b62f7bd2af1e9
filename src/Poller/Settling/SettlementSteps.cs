using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Leases;
using Archiver.Poller.Telemetry;
using Archiver.Queues;

namespace Archiver.Poller.Settling;

/// <summary>The steps to one message's end, and what came of them.</summary>
internal sealed class SettlementSteps(
    MessageQueues queues, LeaseRenewer leases, Deletions deletions, UntilLost untilLost, EndedMessage ended, bool isLastTry,
        CancellationToken stop)
{
    private readonly ReceivedMessage _message = ended.Request.Arrival.Message;
    private readonly BoundedQueue? _deadLetter = queues.DeadLetter;

    // What went wrong on the way.
    private string? _problem;

    public SettlementProgress Done { get; private set; }

    /// <exception cref="OperationCanceledException">The lease was lost.</exception>
    public Task DoAsync(Disposition decided) => decided.Next switch
    {
        SettlementStep.Tell => TryAsync(decided.Next, "its completion could not be sent", TellAsync),
        SettlementStep.Keep => TryAsync(decided.Next, "the dead-letter queue does not take it", KeepAsync),
        SettlementStep.PutBack => TryAsync(decided.Next, "it could not be put back", () => PutBackAsync(decided.Tries)),
        SettlementStep.Delete => TryAsync(decided.Next, "the request could not be deleted", DeleteAsync),
        _ => ReleaseAsync(decided.Delay),
    };

    private async Task TryAsync(SettlementStep step, string failed, Func<Task<StepState>> take)
    {
        try
        {
            Done = Done.With(step, await take().ConfigureAwait(false));
        }
        catch (ArchiverException error)
        {
            ended.Log.Error("The message could not be settled; {Problem}: {Reason}", failed, error.Message);
            _problem ??= $"{failed}: {error.Message}";
            Done = Done.Failed(step, error.ExitCode);
        }
    }

    private async Task<StepState> TellAsync()
    {
        if (queues.Completions is not { } completions)
            return StepState.Done;
        var (request, result) = (ended.Request.With(TraceContext.LeadOn(ended.Request.Content.Attributes)), ended.Outcome.Result);
        await SendEitherAsync("Sending the completion", completions.Queue,
            CompletionBuilder.Build(request, result, completions.Largest), CompletionBuilder.BuildMinimal(request, result))
                .ConfigureAwait(false);
        return StepState.Done;
    }

    private async Task<StepState> KeepAsync()
    {
        var original = ended.Request.Arrival.Original;
        var letter = new DeadLetterMessage(original, ended.WhyRejected(_problem, Done.Completion == StepState.Done), _deadLetter!.Largest);
        OutgoingMessage Addressed(OutgoingMessage message, string part = "") => message with
        {
            GroupId = _message.GroupId ?? ArchiveGroup.For(ended.Request.AipId),
            DeduplicationId = _message.MessageId + part,
        };
        foreach (var candidate in letter.Candidates())
            if (await TryKeepAsync(Addressed(candidate)).ConfigureAwait(false) is not null)
                return StepState.Done;
        var body = await TryKeepAsync(Addressed(new OutgoingMessage(original.Body), "-body")).ConfigureAwait(false);
        await SendAsync("Keeping the rejected request", _deadLetter.Queue, Addressed(letter.Notice(body), "-notice")).ConfigureAwait(false);
        return body is null ? StepState.Partly : StepState.Done;
    }

    private async Task<StepState> PutBackAsync(int tries)
    {
        var arrival = ended.Request.Arrival;
        var plain = PutBackMessage.Plain(arrival);
        await SendEitherAsync("Putting the request back", queues.Requests, PutBackMessage.Marked(arrival, tries) ?? plain, plain)
            .ConfigureAwait(false);
        return StepState.Done;
    }

    private async Task<StepState> DeleteAsync()
    {
        await untilLost.DoAsync("Deleting the message", lost => deletions.DeleteAsync(ended.Lease.ReceiptHandle).WaitAsync(lost), isLastTry,
            ended.Lease, ended.Log, stop).ConfigureAwait(false);
        return StepState.Done;
    }

    private async Task ReleaseAsync(TimeSpan delay)
    {
        // An extension that is under way would hide the message again.
        await leases.LetGoAsync(ended.Lease).ConfigureAwait(false);
        ended.Log.Warning("Released for {Delay}: exit code {ExitCode} ({ExitName}), {Reason}",
            delay, ended.Outcome.ExitCode, ExitCode.NameOf(ended.Outcome.ExitCode), _problem ?? ended.Outcome.Result.Message);
        try
        {
            await untilLost.DoAsync("Releasing the message", lost =>
                queues.Requests.ChangeVisibilityAsync(ended.Lease.ReceiptHandle, delay, lost),
                isLastTry: false, ended.Lease, ended.Log, stop).ConfigureAwait(false);
        }
        catch (ArchiverException error)
        {
            ended.Log.Warning(
                "The message could not be released; it becomes visible when its visibility timeout ends: {Reason}", error.Message);
        }
        // Either way nothing is left to do.
        Done = Done.With(SettlementStep.Release, StepState.Done);
    }

    /// <returns>The message id; null when the queue refuses the message.</returns>
    private async Task<string?> TryKeepAsync(OutgoingMessage message)
    {
        try
        {
            return await SendAsync("Keeping the rejected request", _deadLetter!.Queue, message).ConfigureAwait(false);
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
        await untilLost.DoAsync(what, async lost =>
            id = await queue.SendAsync(message, lost).ConfigureAwait(false), isLastTry, ended.Lease, ended.Log, stop).ConfigureAwait(false);
        return id;
    }
}
