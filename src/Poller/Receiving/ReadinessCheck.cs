using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Processors;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Receiving;

/// <summary>Whether messages could be worked on now, found out without receiving one: the processor checks its settings and stores, the completion queue answers.</summary>
internal sealed class ReadinessCheck(ProcessorRunner processors, IMessageQueue? completions, ILogger log)
{
    /// <returns>What is wrong, with the exit code that says what kind of thing it is; null when nothing is.</returns>
    public async Task<ArchiverException?> FindProblemAsync(CancellationToken stop)
    {
        var outcome = await processors.CheckAsync(log, stop).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        if (outcome.ExitCode is ExitCode.Unavailable or ExitCode.NoPermission or ExitCode.Config)
            return new ArchiverException(outcome.ExitCode, outcome.Result.Message);
        if (outcome.ExitCode != ExitCode.Ok)
            log.Warning("The processor does not say whether it can work: {Reason}", outcome.Result.Message);
        return await FindProblemAsync(completions, stop).ConfigureAwait(false);
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
