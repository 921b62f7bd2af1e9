using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Logging;
using Archiver.Contract.Messages;
using Archiver.Poller.Leases;
using Archiver.Poller.Processors;
using Archiver.Poller.Sns;
using Archiver.Poller.Telemetry;
using Archiver.Poller.Validation;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Handling;

/// <summary>One message's life: open it, validate it, run its processor, bring it to its end.</summary>
internal sealed class MessageHandler(
    SnsGate gate, IMessageValidator validator, ProcessorRunner processors, LeaseKeeper leases, Func<DispositionPolicy> policy, Settlement settlement, MessageTelemetry telemetry, ILogger log)
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
        var arrival = Arrival.Of(message);
        var (request, problem) = Envelope.Open(arrival.Original);
        using var life = telemetry.Begin(request with { SentAt = message.SentAt });
        var aipId = RequestEcho.From(request.Body).AipId is { } named && AipId.IsValid(named) ? named : request.MessageId;
        var messageLog = log.ForContext(LogProperty.AipId, aipId).ForContext(LogProperty.MessageId, request.MessageId);
        try
        {
            messageLog.Information("Received, for the {ReceiveCount}. time", message.ReceiveCount);
            var rules = policy();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lease.Lost);
            var outcome = await KeepOutAsync(arrival.Original.Body, either.Token).ConfigureAwait(false)
                ?? Refuse(message, request, problem, rules)
                ?? await life.RunProcessorAsync(() => RunAsync(request, aipId, messageLog, either.Token)).ConfigureAwait(false);
            // Asked anew: it may have changed while the processor ran.
            rules = policy();
            var ended = new EndedMessage(arrival, request, aipId, outcome, lease, messageLog);
            var end = new WorkEnd(outcome.ExitCode, message.ReceiveCount)
            {
                EarlierTries = arrival.EarlierTries,
                Stopped = stop.IsCancellationRequested,
                LeaseLost = lease.State == LeaseState.Lost,
                TooLargeToKeep = outcome.ExitCode != ExitCode.Ok && settlement.IsTooLargeToKeep(ended),
            };
            var decided = rules.Decide(end, default, Random.Shared.NextDouble());
            return await life.EndAsync(decided.Kind, outcome, () => settlement.CarryOutAsync(rules, end, ended, stop)).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            life.Failed(error);
            throw;
        }
    }

    /// <summary>Why a message is not worked on at all; null when it is.</summary>
    private ProcessorOutcome? Refuse(ReceivedMessage message, ReceivedMessage request, string? problem, DispositionPolicy rules)
    {
        if ((problem ?? MessageLife.Validate(() => FindProblem(request.Body))) is { } invalid)
            return ProcessorOutcome.Failed(ExitCode.DataError, invalid);
        return rules.IsReceivedTooOften(message.ReceiveCount)
            ? ProcessorOutcome.Failed(ExitCode.TempFail,
                $"It was received for the {message.ReceiveCount}. time, though the redrive policy allows {rules.MaxReceiveCount}; the tries before have told no reason.")
            : null;
    }

    private async Task<ProcessorOutcome?> KeepOutAsync(string body, CancellationToken stop)
    {
        try
        {
            return await gate.FindProblemAsync(body, stop).ConfigureAwait(false) is { } problem ? ProcessorOutcome.Failed(problem.ExitCode, problem.Message) : null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ProcessorOutcome.Failed(ExitCode.Terminated, "Stopped before the notification's signature was verified.");
        }
    }

    private Task<ProcessorOutcome> RunAsync(ReceivedMessage request, string aipId, ILogger messageLog, CancellationToken stop) =>
        processors.RunAsync(aipId, request.SentAt, request.Body, TraceContext.For(request), messageLog, stop);

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
