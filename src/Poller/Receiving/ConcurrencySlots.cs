namespace Archiver.Poller.Receiving;

/// <summary>How many messages may be worked on at once, by a limit that may change meanwhile.</summary>
internal sealed class ConcurrencySlots(Func<int> limit)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many are taken.</summary>
    public int Taken { get; private set; }

    public void Take()
    {
        lock (_lock)
            Taken++;
    }

    public void Free()
    {
        lock (_lock)
            Taken--;
        Recount();
    }

    /// <summary>To be called when the limit has changed.</summary>
    public void Recount()
    {
        TaskCompletionSource changed;
        lock (_lock)
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        changed.SetResult();
    }

    /// <summary>Waits until at least one is free.</summary>
    /// <returns>How many are.</returns>
    public async Task<int> WaitForFreeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (limit() - Taken is var free and > 0)
                    return free;
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until one more than now is free.</summary>
    public Task WaitForChangeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _changed.Task.WaitAsync(cancellationToken);
    }
}
