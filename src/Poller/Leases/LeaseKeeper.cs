using Archiver.Contract;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Leases;

/// <summary>
/// Keeps messages hidden while their processors run: extends the visibility of all of them in one batch, well before it ends.
/// </summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly IMessageQueue _queue;
    private readonly TimeSpan _visibility;
    private readonly ILogger _log;
    private readonly Dictionary<string, Lease> _held = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public LeaseKeeper(IMessageQueue queue, TimeSpan visibility, TimeProvider time, ILogger log)
    {
        (_queue, _visibility, _log) = (queue, visibility, log);
        _loop = ExtendRepeatedlyAsync(time);
    }

    /// <summary>Keeps a message that was just received.</summary>
    public Lease Hold(string receiptHandle)
    {
        var lease = new Lease(receiptHandle);
        lock (_held)
            _held[receiptHandle] = lease;
        return lease;
    }

    /// <summary>Stops keeping a message. When this is done, no extension is under way that could undo what is done to it next.</summary>
    public async Task LetGoAsync(Lease lease)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        lock (_held)
            _held.Remove(lease.ReceiptHandle);
        _turn.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
        _turn.Dispose();
    }

    private async Task ExtendRepeatedlyAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(_visibility / 3, time);
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
            VisibilityChange[] changes;
            lock (_held)
                changes = [.. _held.Keys.Select(handle => new VisibilityChange(handle, _visibility))];
            if (changes.Length == 0)
                return;
            foreach (var failure in await _queue.ChangeVisibilityAsync(changes, cancellationToken).ConfigureAwait(false))
                Tell(failure);
        }
        catch (ArchiverException error)
        {
            // Two more tries fit into the time that is left.
            _log.Warning("Messages could not be kept hidden: {Reason}", error.Message);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Tell(HandleFailure failure)
    {
        lock (_held)
        {
            if (!failure.LeaseLost)
                _log.Warning("A message could not be kept hidden: {Reason}", failure.Reason);
            else if (_held.Remove(failure.ReceiptHandle, out var lease))
                lease.Lose();
        }
    }
}
