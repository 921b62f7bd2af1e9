using Archiver.Contract;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Leases;

/// <summary>
/// Keeps messages hidden while they are worked on: extends the visibility of all of them in one batch, three times before it ends.
/// </summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly IMessageQueue _queue;
    private readonly TimeSpan _visibility;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Dictionary<string, Lease> _held = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public LeaseKeeper(IMessageQueue queue, TimeSpan visibility, TimeProvider time, ILogger log)
    {
        (_queue, _visibility, _time, _log) = (queue, visibility, time, log);
        _loop = ExtendRepeatedlyAsync();
    }

    /// <summary>Keeps a message that was just received.</summary>
    public Lease Hold(string receiptHandle)
    {
        var lease = new Lease(receiptHandle, _visibility, _time);
        lock (_held)
            _held[receiptHandle] = lease;
        return lease;
    }

    /// <summary>Stops keeping a message. When this is done, no extension is under way that could undo what is done to it next.</summary>
    public async Task LetGoAsync(Lease lease)
    {
        lock (_held)
            if (!_held.Remove(lease.ReceiptHandle))
                return;
        await _turn.WaitAsync().ConfigureAwait(false);
        _turn.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
        _turn.Dispose();
    }

    private async Task ExtendRepeatedlyAsync()
    {
        using var timer = new PeriodicTimer(_visibility / 3, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
                await ExtendAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The end of the poller.
        }
    }

    private async Task ExtendAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var asked = _time.GetUtcNow();
            var due = Due();
            if (due.Count == 0)
                return;
            var failures = await TryExtendAsync([.. due.Select(static d => new VisibilityChange(d.Lease.ReceiptHandle, d.Extension))], cancellationToken).ConfigureAwait(false);
            // Who lets go meanwhile waits for our turn to end, so that none of these leases is disposed yet.
            foreach (var (lease, extension) in due)
                Conclude(lease, asked + extension, failures.GetValueOrDefault(lease.ReceiptHandle));
        }
        finally
        {
            _turn.Release();
        }
    }

    private List<(Lease Lease, TimeSpan Extension)> Due()
    {
        lock (_held)
            return [.. from lease in _held.Values
                       where lease.State != LeaseState.Lost
                       let extension = lease.NextExtension(_visibility)
                       where extension is not null
                       select (lease, extension.Value)];
    }

    private async Task<Dictionary<string, HandleFailure>> TryExtendAsync(VisibilityChange[] changes, CancellationToken cancellationToken)
    {
        try
        {
            return (await _queue.ChangeVisibilityAsync(changes, cancellationToken).ConfigureAwait(false)).ToDictionary(static failure => failure.ReceiptHandle);
        }
        catch (ArchiverException error)
        {
            return changes.ToDictionary(static change => change.ReceiptHandle, change => new HandleFailure(change.ReceiptHandle, LeaseLost: false, error.Message));
        }
    }

    private void Conclude(Lease lease, DateTimeOffset hiddenUntil, HandleFailure? failure)
    {
        if (failure is null)
            lease.Renew(hiddenUntil);
        else if (failure.LeaseLost)
            lease.Lose();
        else if (lease.Doubt())
            _log.Warning("A message could not be kept hidden, which is tried again: {Reason}", failure.Reason);
    }
}
