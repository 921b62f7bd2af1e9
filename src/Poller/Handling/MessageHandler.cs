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

/// <summary>One message's life: validate it, run its processor, decide, carry the decision out.</summary>
internal sealed class MessageHandler(
    IMessageValidator validator, ProcessorRunner processors, LeaseKeeper leases, DispositionPolicy policy, MessageEnding ending, MessageTelemetry telemetry, ILogger log)
{
    /// <summary>Handles a message to its end.</summary>
    /// <param name="message">As received.</param>
    /// <param name="stop">Stops the processor; its message is then given back at once.</param>
    /// <returns>What became of it, for the loop that receives.</returns>
    public async Task<Disposition> HandleAsync(ReceivedMessage message, CancellationToken stop)
    {
        using var lease = leases.Hold(message.ReceiptHandle);
        using var life = telemetry.Begin(message);
        var aipId = RequestEcho.From(message.Body).AipId is { } named && AipId.IsValid(named) ? named : message.MessageId;
        var messageLog = log.ForContext(LogProperty.AipId, aipId).ForContext(LogProperty.MessageId, message.MessageId);
        try
        {
            messageLog.Information("Received, for the {ReceiveCount}. time", message.ReceiveCount);
            var outcome = MessageLife.Validate(() => FindProblem(message.Body)) is { } problem
                ? ProcessorOutcome.Failed(ExitCode.DataError, problem)
                : await life.RunProcessorAsync(() => RunAsync(message, aipId, lease, messageLog, stop)).ConfigureAwait(false);
            if (lease.Lost.IsCancellationRequested)
            {
                life.LeaseLost();
                messageLog.Warning("The message became visible to others while it was worked on, and is left alone");
                return new Disposition(DispositionKind.Release);
            }
            var disposition = policy.Decide(outcome.ExitCode, message.ReceiveCount, Random.Shared.NextDouble());
            return await life.EndAsync(
                disposition.Kind, outcome, () => ending.CarryOutAsync(disposition, message, aipId, outcome, lease, messageLog)).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // The message comes back by itself when its visibility timeout ends.
            life.Failed(error);
            messageLog.Error(error, "Handling the message failed");
            return new Disposition(DispositionKind.Release);
        }
        finally
        {
            await leases.LetGoAsync(lease).ConfigureAwait(false);
        }
    }

    private async Task<ProcessorOutcome> RunAsync(ReceivedMessage message, string aipId, Lease lease, ILogger messageLog, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lease.Lost);
        return await processors.RunAsync(aipId, message.SentAt, message.Body, TraceContext.For(message), messageLog, either.Token).ConfigureAwait(false);
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
