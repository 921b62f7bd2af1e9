using System.Diagnostics;

namespace Archiver.Poller.Processors;

/// <summary>
/// Ends the reading of a child's output soon after the child itself has ended. Its output may stay open for much longer: children of its own
/// inherit it, and may outlive it.
/// </summary>
internal sealed class OutputEnd(TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _reached = new(Timeout.InfiniteTimeSpan, time);
    private readonly CancellationTokenSource _disposed = new();
    private Task _watch = Task.CompletedTask;

    /// <summary>Fires when nothing more is waited for.</summary>
    public CancellationToken Reached => _reached.Token;

    public void Watch(int processId) => _watch = WatchAsync(processId);

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync().ConfigureAwait(false);
        await _watch.ConfigureAwait(false);
        _disposed.Dispose();
        _reached.Dispose();
    }

    /// <summary>Reads like the stream itself; 0, as at its end, when the end is reached otherwise.</summary>
    public async ValueTask<int> ReadAsync(Stream source, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Reached);
        try
        {
            return await source.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
    }

    private async Task WatchAsync(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync(_disposed.Token).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
        catch (OperationCanceledException)
        {
            return;
        }
        _reached.CancelAfter(Patience);
    }
}
