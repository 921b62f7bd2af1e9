using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Logging;
using Archiver.Contract.Messages;
using Archiver.Poller.Leases;
using Archiver.Poller.Processors;
using Archiver.Poller.Telemetry;
using Archiver.Poller.Validation;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Handling;

/// <summary>One message's life: open it, validate it, run its processor, decide, carry the decision out.</summary>
internal sealed class MessageHandler(
    IMessageValidator validator, ProcessorRunner processors, LeaseKeeper leases, Func<DispositionPolicy> policy, MessageEnding ending, MessageTelemetry telemetry, ILogger log)
{
    /// <summary>Handles a message to its end.</summary>
    /// <param name="message">As received.</param>
    /// <param name="stop">Stops the processor; its message is then given back at once.</param>
    /// <returns>What became of it, for the loop that receives.</returns>
    public async Task<Disposition> HandleAsync(ReceivedMessage message, CancellationToken stop)
    {
        using var lease = leases.Hold(message.ReceiptHandle);
        try
        {
            return await HandleAsync(message, lease, stop).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // The message comes back by itself when its visibility timeout ends.
            log.ForContext(LogProperty.MessageId, message.MessageId).Error(error, "Handling the message failed");
            return new Disposition(DispositionKind.LeaveAlone);
        }
        finally
        {
            await leases.LetGoAsync(lease).ConfigureAwait(false);
        }
    }

    private async Task<Disposition> HandleAsync(ReceivedMessage message, Lease lease, CancellationToken stop)
    {
        var (request, problem) = Envelope.Open(message);
        using var life = telemetry.Begin(request);
        var aipId = RequestEcho.From(request.Body).AipId is { } named && AipId.IsValid(named) ? named : message.MessageId;
        var messageLog = log.ForContext(LogProperty.AipId, aipId).ForContext(LogProperty.MessageId, message.MessageId);
        try
        {
            messageLog.Information("Received, for the {ReceiveCount}. time", message.ReceiveCount);
            var outcome = Refuse(message, request, problem)
                ?? await life.RunProcessorAsync(() => RunAsync(request, aipId, lease, messageLog, stop)).ConfigureAwait(false);
            var decided = lease.State == LeaseState.Lost
                ? new Disposition(DispositionKind.LeaveAlone)
                : policy().Decide(outcome.ExitCode, message.ReceiveCount, Random.Shared.NextDouble());
            var ended = new EndedMessage(message, request, aipId, outcome, lease, messageLog);
            return await life.EndAsync(decided.Kind, outcome, () => ending.CarryOutAsync(decided, ended, stop)).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            life.Failed(error);
            throw;
        }
    }

    /// <summary>Why a message is not worked on at all; null when it is.</summary>
    private ProcessorOutcome? Refuse(ReceivedMessage message, ReceivedMessage request, string? problem)
    {
        if ((problem ?? MessageLife.Validate(() => FindProblem(request.Body))) is { } invalid)
            return ProcessorOutcome.Failed(ExitCode.DataError, invalid);
        var rules = policy();
        return rules.IsReceivedTooOften(message.ReceiveCount)
            ? ProcessorOutcome.Failed(ExitCode.TempFail,
                $"It was received for the {message.ReceiveCount}. time, though the redrive policy allows {rules.MaxReceiveCount}; the tries before have told no reason.")
            : null;
    }

    private async Task<ProcessorOutcome> RunAsync(ReceivedMessage request, string aipId, Lease lease, ILogger messageLog, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lease.Lost);
        return await processors.RunAsync(aipId, request.SentAt, request.Body, TraceContext.For(request), messageLog, either.Token).ConfigureAwait(false);
    }

    private string? FindProblem(string body)
    {
        try
        {
            // First the rules that the processor will hold it to anyway: they explain themselves best.
            _ = RequestReader.Parse(body);
            return validator.FindProblem(body) is { } problem ? $"The request does not meet the schema: {problem}." : null;
        }
        catch (ArchiverException error)
        {
            return error.Message;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A body that brings the validator down is as unusable as one that it refuses.
            return $"The request cannot be validated: {error.Message.ReplaceLineEndings(" ")}";
        }
    }
}
