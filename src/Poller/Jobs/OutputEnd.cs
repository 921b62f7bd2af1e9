namespace Archiver.Poller.Jobs;

/// <summary>
/// Ends the reading of a child's output soon after the child itself has ended. Its output may stay open for much longer: children of its
/// own inherit it, and may outlive it.
/// </summary>
internal sealed class OutputEnd(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _reached = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Fires when nothing more is waited for.</summary>
    public CancellationToken Reached => _reached.Token;

    /// <summary>The child has ended: what it wrote can still be read, what others write need not be waited for.</summary>
    public void ChildEnded() => _reached.CancelAfter(Patience);

    public void Dispose() => _reached.Dispose();

    /// <summary>Reads like the stream itself; 0, as at its end, when the end is reached otherwise.</summary>
    public async ValueTask<int> ReadAsync(Stream source, Memory<byte> buffer)
    {
        try
        {
            return await source.ReadAsync(buffer, Reached).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }
}
