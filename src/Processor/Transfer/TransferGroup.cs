using System.Runtime.ExceptionServices;

namespace Archiver.Processor.Transfer;

/// <summary>Transfers that run concurrently. The first failure stops them all, and is the one that is reported.</summary>
internal sealed class TransferGroup(CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly HashSet<Task> _underWay = [];
    private ExceptionDispatchInfo? _failure;

    /// <summary>Fires when one has failed or the caller cancels.</summary>
    public CancellationToken Token => _failed.Token;

    public void Start(Func<CancellationToken, Task> transfer) => Add(Task.Run(() => RunAsync(transfer), CancellationToken.None));

    public Task<T> Start<T>(Func<CancellationToken, Task<T>> transfer)
    {
        var task = Task.Run(() => RunAsync(transfer), CancellationToken.None);
        Add(task);
        return task;
    }

    /// <summary>Waits until all have ended, including those that they start.</summary>
    public async Task EndAsync()
    {
        while (UnderWay() is { Length: > 0 } tasks)
            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        _failure?.Throw();
    }

    public void Dispose() => _failed.Dispose();

    private void Add(Task task)
    {
        lock (_underWay)
        {
            _underWay.RemoveWhere(static task => task.IsCompleted);
            _underWay.Add(task);
        }
    }

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
            await FailAsync(error).ConfigureAwait(false);
        }
    }

    private async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> transfer)
    {
        try
        {
            return await transfer(Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await FailAsync(error).ConfigureAwait(false);
            throw;
        }
    }

    // Only the first failure counts: the others then fail because they are stopped.
    private Task FailAsync(Exception error)
    {
        Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(error), null);
        return _failed.CancelAsync();
    }
}
