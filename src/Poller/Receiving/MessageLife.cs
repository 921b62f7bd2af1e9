using System.Diagnostics;
using Archiver.Poller.Jobs;
using Archiver.Poller.Settling;
using Archiver.Poller.Telemetry;

namespace Archiver.Poller.Receiving;

/// <summary>One message's life, from its receive until it is let go.</summary>
internal sealed class MessageLife(PollerMetrics metrics, Activity? span, TimeProvider time) : IDisposable
{
    public async Task<ProcessorOutcome> RunProcessorAsync(Func<Task<ProcessorOutcome>> run)
    {
        var begun = time.GetTimestamp();
        using var phase = PollerSpans.Source.StartActivity("run processor");
        var outcome = await run().ConfigureAwait(false);
        metrics.JobEnded(time.GetElapsedTime(begun), outcome.ExitCode);
        phase?.SetTag("process.exit.code", outcome.ExitCode);
        if (outcome.Result.Error is { } error)
            PollerSpans.Fail(phase, error.Code, error.Detail);
        return outcome;
    }

    /// <summary>Carries a disposition out, and counts what was done in fact.</summary>
    public async Task<Disposition> EndAsync(DispositionKind decided, ProcessorOutcome outcome, Func<Task<Disposition>> carryOut)
    {
        using var phase = PollerSpans.Source.StartActivity(decided.ToString().ToLowerInvariant(), ActivityKind.Producer);
        var done = await carryOut().ConfigureAwait(false);
        var reason = outcome.Result.Error?.Code ?? EndedMessage.Untold;
        if (done.Kind == DispositionKind.Complete)
            metrics.Archived(outcome.Result.Archive is { Reused: false } made ? made.Bytes : 0);
        else if (done.Kind == DispositionKind.Reject)
            metrics.Rejected(reason);
        else if (done.Kind is DispositionKind.Release or DispositionKind.PutBack)
            metrics.Released(reason);
        else
            metrics.LeaseLost();
        if (done.Kind == DispositionKind.LeaveAlone)
            PollerSpans.Fail(span, "LEASE_LOST", "The message became visible to other pollers while it was processed.");
        else if (done.Kind != decided)
            PollerSpans.Fail(phase, EndedMessage.Untold, "The message could not be settled as decided.");
        if (done.Kind is DispositionKind.Release or DispositionKind.Reject)
            PollerSpans.Fail(span, reason, outcome.Result.Message);
        return done;
    }

    public void Failed(Exception error)
    {
        metrics.Released("SOFTWARE");
        PollerSpans.Fail(span, error.GetType().Name, error.Message);
    }

    public void Dispose()
    {
        metrics.LetGo();
        span?.Dispose();
    }
}
