using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Leases;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Settling;

/// <summary>Retries a settlement step for as long as the lease is held, the policy allows it and the poller is not stopping.</summary>
internal sealed class UntilLost(TimeProvider time)
{
    /// <exception cref="ArchiverException">Retrying cannot help, or there is no time left for it.</exception>
    /// <exception cref="OperationCanceledException">The lease was lost.</exception>
    public async Task DoAsync(string what, Func<CancellationToken, Task> operation, bool isLastTry, Lease lease, ILogger log,
        CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await operation(lease.Lost).ConfigureAwait(false);
                return;
            }
            catch (ArchiverException error) when (!stop.IsCancellationRequested
                && RetryPolicy.PauseAfter(error.ExitCode, attempt, time.GetElapsedTime(begun), isLastTry,
                    Random.Shared.NextDouble()) is { } pause)
            {
                log.Warning("{What} failed; trying again in {Pause}: {Reason}", what, pause, error.Message);
                await PauseAsync(pause, lease, stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The same for what answers with a failure. That the message is not ours any more is the end as well.</summary>
    public Task DoAsync(string what, Func<CancellationToken, Task<HandleFailure?>> operation, bool isLastTry, Lease lease, ILogger log,
        CancellationToken stop) =>
        DoAsync(what, async Task (lost) =>
        {
            if (await operation(lost).ConfigureAwait(false) is { LeaseLost: false } failure)
                throw new ArchiverException(ExitCode.Unavailable, failure.Reason);
        }, isLastTry, lease, log, stop);

    private async Task PauseAsync(TimeSpan pause, Lease lease, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, stop);
        try
        {
            await Task.Delay(pause, time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!lease.Lost.IsCancellationRequested)
        {
            // One last try.
        }
    }
}
