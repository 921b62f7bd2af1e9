namespace Archiver.Processor.Stores.S3;

/// <summary>A token that fires after a timeout, which can be told from the caller's own cancellation.</summary>
internal sealed class StallGuard : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _source;

    public StallGuard(TimeSpan patience, CancellationToken caller)
    {
        _caller = caller;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _source.CancelAfter(patience);
    }

    public CancellationToken Token => _source.Token;

    public bool HasStalled => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Dispose() => _source.Dispose();
}
