namespace Archiver.Processor.Stores.S3;

/// <summary>A token that fires when nothing has happened for too long, told apart from the caller's own cancellation.</summary>
internal sealed class StallGuard : IDisposable
{
    private readonly TimeSpan _patience;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _source;

    public StallGuard(TimeSpan patience, CancellationToken caller)
    {
        (_patience, _caller) = (patience, caller);
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _source.CancelAfter(patience);
    }

    public CancellationToken Token => _source.Token;

    public bool HasStalled => _source.IsCancellationRequested && !_caller.IsCancellationRequested;

    public void Reset() => _source.CancelAfter(_patience);

    public void Dispose() => _source.Dispose();
}
