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

/// <summary>Carries a disposition out, in the order that loses nothing: tell, keep a copy, and only then delete.</summary>
internal sealed class MessageEnding(MessageQueues queues, BackoffPolicy backoff, TimeProvider time)
{
    private const int Attempts = 6;
    private static readonly BackoffPolicy Retries = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));

    /// <summary>Carries it out; what cannot be told or kept is released instead, and so tried again.</summary>
    /// <returns>What was done in fact.</returns>
    public async Task<Disposition> CarryOutAsync(
        Disposition disposition, ReceivedMessage message, string aipId, ProcessorOutcome outcome, Lease lease, ILogger log)
    {
        try
        {
            if (disposition.Kind != DispositionKind.Release)
                await TellAsync(message, outcome, lease).ConfigureAwait(false);
            if (disposition.Kind == DispositionKind.Reject)
                await KeepAsync(message, aipId, outcome, lease).ConfigureAwait(false);
            if (disposition.Kind != DispositionKind.Release)
            {
                await RetryAsync(lease, token => queues.Requests.DeleteAsync(message.ReceiptHandle, token)).ConfigureAwait(false);
                Report(disposition, outcome, log);
                return disposition;
            }
        }
        catch (ArchiverException error)
        {
            log.Error("The message is given back, because its end could not be told: {Reason}", error.Message);
            disposition = disposition with { Kind = DispositionKind.Release, Delay = backoff.DelayAfter(message.ReceiveCount, Random.Shared.NextDouble()) };
        }
        await ReleaseAsync(disposition, message, outcome, lease, log).ConfigureAwait(false);
        return disposition;
    }

    private async Task TellAsync(ReceivedMessage message, ProcessorOutcome outcome, Lease lease)
    {
        if (queues.Completions is not { } completions)
            return;
        var completion = CompletionBuilder.Build(TraceContext.LeadOn(message), outcome.Result, queues.LargestCompletion);
        await RetryAsync(lease, async token => await completions.SendAsync(completion, token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task KeepAsync(ReceivedMessage message, string aipId, ProcessorOutcome outcome, Lease lease)
    {
        var error = outcome.Result.Error ?? new FailureDescription(ExitCode.NameOf(outcome.ExitCode), outcome.ExitCode, outcome.Result.Message);
        var rejected = DeadLetterMessage.Build(message, aipId, error, queues.LargestDeadLetter);
        await RetryAsync(lease, async token => await queues.DeadLetter!.SendAsync(rejected, token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task ReleaseAsync(Disposition disposition, ReceivedMessage message, ProcessorOutcome outcome, Lease lease, ILogger log)
    {
        log.Warning("Released for {Delay}: exit code {ExitCode} ({ExitName}), {Reason}",
            disposition.Delay, outcome.ExitCode, ExitCode.NameOf(outcome.ExitCode), outcome.Result.Message);
        try
        {
            await RetryAsync(lease, token => queues.Requests.ChangeVisibilityAsync(message.ReceiptHandle, disposition.Delay, token)).ConfigureAwait(false);
        }
        catch (ArchiverException error)
        {
            log.Warning("The message could not be released; it comes back when its visibility timeout ends: {Reason}", error.Message);
        }
    }

    private static void Report(Disposition disposition, ProcessorOutcome outcome, ILogger log)
    {
        if (disposition.Kind == DispositionKind.Complete && outcome.Result.Archive is { } archive)
            log.Information("Archived as {Archive}, {Bytes} bytes, {Files} files, in {Duration} ms, reused: {Reused}",
                archive.Uri, archive.Bytes, archive.Files, archive.DurationMs, archive.Reused);
        else
            log.Error("Rejected: exit code {ExitCode} ({ExitName}), {Reason}", outcome.ExitCode, ExitCode.NameOf(outcome.ExitCode), outcome.Result.Message);
    }

    private Task RetryAsync(Lease lease, Func<CancellationToken, Task<HandleFailure?>> operation) => RetryAsync(lease, async token =>
    {
        if (await operation(token).ConfigureAwait(false) is { LeaseLost: false } failure)
            throw new ArchiverException(ExitCode.Unavailable, failure.Reason);
    });

    private async Task RetryAsync(Lease lease, Func<CancellationToken, Task> operation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await operation(CancellationToken.None).ConfigureAwait(false);
                return;
            }
            catch (ArchiverException error) when (attempt < Attempts && error.ExitCode == ExitCode.Unavailable && !lease.Lost.IsCancellationRequested)
            {
                await Task.Delay(Retries.DelayAfter(attempt, Random.Shared.NextDouble()), time).ConfigureAwait(false);
            }
        }
    }
}
