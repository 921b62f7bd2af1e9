namespace Archiver.Poller.Jobs;

/// <summary>
/// Watches the time of one job, as a whole and since its last progress; <see cref="Stop"/> fires when it is to end, whatever the reason.
/// </summary>
internal sealed class TimeLimits : IDisposable
{
    private readonly ProcessorLimits _limits;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _stall;
    private readonly CancellationTokenSource _any;

    public TimeLimits(ProcessorLimits limits, TimeProvider time, CancellationToken stop)
    {
        _limits = limits;
        _timeout = new CancellationTokenSource(limits.Timeout, time);
        _stall = new CancellationTokenSource(limits.StallTimeout, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(stop, _timeout.Token, _stall.Token);
    }

    public CancellationToken Stop => _any.Token;

    /// <summary>Why a time limit stopped the job; null if none did.</summary>
    public string? Exceeded =>
        _timeout.IsCancellationRequested
            ? $"The processor was stopped after {_limits.Timeout.TotalSeconds:0.###} s, "
                + "the time limit for one archive (Processor:Timeout)."
        : _stall.IsCancellationRequested
            ? $"The processor was stopped after {_limits.StallTimeout.TotalSeconds:0.###} s without progress (Processor:StallTimeout)."
        : null;

    public void Progress() => _stall.CancelAfter(_limits.StallTimeout);

    public void Dispose()
    {
        _any.Dispose();
        _timeout.Dispose();
        _stall.Dispose();
    }
}
