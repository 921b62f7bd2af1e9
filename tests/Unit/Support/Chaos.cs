namespace Archiver.Tests.Support;

/// <summary>
/// Lets operations end in an arbitrary order, also the newest first, without ever sleeping: each waits here until it is let go, one after another.
/// Without a seed nobody waits.
/// </summary>
public sealed class Chaos : IAsyncDisposable
{
    private readonly Random? _random;
    private readonly List<TaskCompletionSource> _waiting = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pump;

    public Chaos(int? seed = null)
    {
        _random = seed is { } value ? new Random(value) : null;
        _pump = _random is null ? Task.CompletedTask : Task.Run(LetGoAsync);
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_random is null)
            return Task.CompletedTask;
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
            _waiting.Add(turn);
        return turn.Task.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pump;
        _stop.Dispose();
    }

    private async Task LetGoAsync()
    {
        var newestFirst = _random!.Next(3) == 0;
        while (!_stop.IsCancellationRequested)
        {
            for (var pause = _random.Next(20); pause > 0; pause--)
                await Task.Yield();
            lock (_waiting)
            {
                if (_waiting.Count == 0)
                    continue;
                var index = newestFirst ? _waiting.Count - 1 : _random.Next(_waiting.Count);
                _waiting[index].SetResult();
                _waiting.RemoveAt(index);
            }
        }
    }
}
