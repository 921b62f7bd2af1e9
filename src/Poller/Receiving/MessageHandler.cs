using Archiver.Contract.Boundary;
using Archiver.Poller.Jobs;
using Archiver.Poller.Leases;
using Archiver.Poller.Requests;
using Archiver.Poller.Settling;
using Archiver.Poller.Telemetry;
using Archiver.Programs.Logging;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Receiving;

/// <summary>One message's way: read it, check it, run its processor, settle it.</summary>
internal sealed class MessageHandler(
    RequestCheck check, ProcessorRunner processors, LeaseRenewer leases, Func<DispositionPolicy> policy, Settlement settlement,
        MessageTelemetry telemetry, ILogger log)
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
        var request = IncomingRequest.Read(message);
        using var life = telemetry.Begin(request);
        var messageLog = log.ForContext(LogProperty.AipId, request.AipId).ForContext(LogProperty.MessageId, request.Content.MessageId);
        try
        {
            messageLog.Information("Received (attempt {ReceiveCount})", message.ReceiveCount);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lease.Lost);
            request = await CheckAsync(request, either.Token).ConfigureAwait(false);
            var outcome = Refuse(request) ?? await life.RunProcessorAsync(() => RunAsync(request, messageLog, either.Token))
                .ConfigureAwait(false);
            return await SettleAsync(new EndedMessage(request, outcome, lease, messageLog), life, stop).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            life.Failed(error);
            throw;
        }
    }

    private async Task<IncomingRequest> CheckAsync(IncomingRequest request, CancellationToken stop)
    {
        try
        {
            return await check.CheckAsync(request, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return request.Checked(new RequestProblem(ExitCode.Terminated, "Stopped before the notification's signature was verified."));
        }
    }

    /// <summary>How a message ends that is not worked on at all; null when it is.</summary>
    private ProcessorOutcome? Refuse(IncomingRequest request)
    {
        if (request.Problem is { } problem)
            return ProcessorOutcome.Failed(problem.ExitCode, problem.Reason);
        var (rules, receives) = (policy(), request.Arrival.Message.ReceiveCount);
        return rules.IsReceivedTooOften(receives)
            ? ProcessorOutcome.Failed(ExitCode.TempFail,
                $"This is receive {receives}, but the redrive policy allows only {rules.MaxReceiveCount}; "
                + "earlier attempts gave no reason.")
            : null;
    }

    private Task<ProcessorOutcome> RunAsync(IncomingRequest request, ILogger messageLog, CancellationToken stop) =>
        processors.RunAsync(request.AipId, request.Content.SentAt, request.Content.Body, TraceContext.For(request.Content.Attributes),
            messageLog, stop);

    private Task<Disposition> SettleAsync(EndedMessage ended, MessageLife life, CancellationToken stop)
    {
        var arrival = ended.Request.Arrival;
        var end = new WorkEnd(ended.Outcome.ExitCode, arrival.Message.ReceiveCount)
        {
            EarlierTries = arrival.EarlierTries,
            Stopped = stop.IsCancellationRequested,
            LeaseLost = ended.Lease.State == LeaseState.Lost,
            TooLargeToKeep = ended.Outcome.ExitCode != ExitCode.Ok && settlement.IsTooLargeToKeep(ended),
        };
        // Asked now: it may have changed while the processor ran.
        var rules = policy();
        var decided = rules.Decide(end, default, Random.Shared.NextDouble());
        return life.EndAsync(decided.Kind, ended.Outcome, () => settlement.CarryOutAsync(ended, decided, rules, end, stop));
    }
}
