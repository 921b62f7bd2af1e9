using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Jobs;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Receiving;

/// <summary>
/// Whether messages could be worked on now, found out without receiving one: the processor checks its settings and stores, the completion
/// queue answers.
/// </summary>
internal sealed class ReadinessCheck(ProcessorRunner processors, IMessageQueue? completions, ILogger log)
{
    public async Task<BreakerEvent.Checked> CheckAsync(CancellationToken stop)
    {
        var outcome = await processors.CheckAsync(log, stop).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        if (outcome.ExitCode is ExitCode.Unavailable or ExitCode.NoPermission or ExitCode.Config)
            return new BreakerEvent.Checked(CheckVerdict.Bad, new ArchiverException(outcome.ExitCode, outcome.Result.Message));
        if (await FindProblemAsync(completions, stop).ConfigureAwait(false) is { } problem)
            return new BreakerEvent.Checked(CheckVerdict.Bad, problem);
        if (outcome.ExitCode == ExitCode.Ok)
            return new BreakerEvent.Checked(CheckVerdict.Fine);
        log.Warning("The processor cannot tell whether it is able to work: {Reason}", outcome.Result.Message);
        return new BreakerEvent.Checked(CheckVerdict.Unknown);
    }

    private static async Task<ArchiverException?> FindProblemAsync(IMessageQueue? queue, CancellationToken stop)
    {
        try
        {
            if (queue is not null)
                await queue.GetPropertiesAsync(stop).ConfigureAwait(false);
            return null;
        }
        // Who may send to a queue need not be allowed to ask about it.
        catch (ArchiverException error) when (error.ExitCode != ExitCode.NoPermission)
        {
            return error;
        }
        catch (ArchiverException)
        {
            return null;
        }
    }
}
