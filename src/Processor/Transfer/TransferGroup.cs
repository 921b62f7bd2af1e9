using System.Runtime.ExceptionServices;

namespace Archiver.Processor.Transfer;

/// <summary>Transfers that run at once: the first failure stops them all, and is what is told.</summary>
internal sealed class TransferGroup(CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly HashSet<Task> _underWay = [];
    private ExceptionDispatchInfo? _failure;

    /// <summary>Fires when one has failed, or the caller gives up.</summary>
    public CancellationToken Token => _failed.Token;

    /// <summary>Starts a transfer.</summary>
    public void Start(Func<CancellationToken, Task> transfer)
    {
        var task = Task.Run(() => RunAsync(transfer), CancellationToken.None);
        lock (_underWay)
        {
            _underWay.RemoveWhere(static task => task.IsCompleted);
            _underWay.Add(task);
        }
    }

    /// <summary>Waits until all have ended, with those that these start.</summary>
    public async Task EndAsync()
    {
        while (UnderWay() is { Length: > 0 } tasks)
            await Task.WhenAll(tasks).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _failure?.Throw();
    }

    public void Dispose() => _failed.Dispose();

    private Task[] UnderWay()
    {
        lock (_underWay)
        {
            _underWay.RemoveWhere(static task => task.IsCompleted);
            return [.. _underWay];
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task> transfer)
    {
        try
        {
            await transfer(Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // The first failure is the reason; what the others then throw is only that they were stopped.
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null);
            await _failed.CancelAsync().ConfigureAwait(false);
        }
    }
}
