using Serilog;

namespace Archiver.Poller.Jobs;

/// <summary>
/// Starts a child for a message. When the machine has no room for it, which is not the fault of the message, it tries again
/// for a while, so that the message does not lose a receive.
/// </summary>
internal sealed class PatientStart(Action onShortage, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="start">Throws when it cannot.</param>
    /// <param name="explain">What that means.</param>
    /// <param name="log">Names the message.</param>
    /// <param name="stop">Ends the patience.</param>
    public async Task<T> RunAsync<T>(Func<T> start, Func<Exception, StartFailure> explain, ILogger log, CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                return start();
            }
            catch (Exception error) when (explain(error) is { Fault: StartFault.Machine } failure && time.GetElapsedTime(begun) < Patience
                && !stop.IsCancellationRequested)
            {
                onShortage();
                log.Warning("{Reason}; trying again", failure.Message);
            }
            await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
