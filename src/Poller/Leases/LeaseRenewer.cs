using Archiver.Contract;
using Archiver.Poller.Health;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Leases;

/// <summary>
/// Keeps messages hidden while they are worked on: extends the visibility of all of them in one batch, three times before it ends.
/// </summary>
internal sealed class LeaseRenewer : IAsyncDisposable
{
    private const int ExtensionsInTime = 3;

    private readonly IMessageQueue _queue;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Dictionary<string, Lease> _held = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _abandoned = new();
    private long _visibility;

    public LeaseRenewer(IMessageQueue queue, TimeSpan visibility, TimeProvider time, ILogger log)
    {
        (_queue, _visibility, _time, _log) = (queue, visibility.Ticks, time, log);
        Loop = new BackgroundLoop("lease renewer", ExtendRepeatedlyAsync, time, log);
    }

    public BackgroundLoop Loop { get; }

    /// <summary>How long a receive hides a message; may change while the poller runs.</summary>
    public TimeSpan Visibility
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _visibility));
        set => Interlocked.Exchange(ref _visibility, value.Ticks);
    }

    /// <summary>Keeps a message that was just received.</summary>
    public Lease Hold(string receiptHandle)
    {
        var lease = new Lease(receiptHandle, Visibility, _time, _abandoned.Token);
        lock (_held)
            _held[receiptHandle] = lease;
        return lease;
    }

    /// <summary>Stops keeping a message. When this is done, no extension is under way that could undo what is done to it next.</summary>
    public async Task LetGoAsync(Lease lease)
    {
        lock (_held)
            if (!_held.TryGetValue(lease.ReceiptHandle, out var held) || held != lease || !_held.Remove(lease.ReceiptHandle))
                return;
        try
        {
            await _turn.WaitAsync(lease.Lost).ConfigureAwait(false);
            _turn.Release();
        }
        catch (OperationCanceledException)
        {
            // Of a message that is lost, nothing can be undone any more.
        }
    }

    /// <summary>Gives up every message that is worked on.</summary>
    public void Abandon() => _abandoned.Cancel();

    public async ValueTask DisposeAsync()
    {
        await Loop.DisposeAsync().ConfigureAwait(false);
        _abandoned.Dispose();
    }

    private async Task ExtendRepeatedlyAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Visibility / ExtensionsInTime, _time);
        do
        {
            await ExtendAsync(stop).ConfigureAwait(false);
            if (timer.Period != Visibility / ExtensionsInTime)
                timer.Period = Visibility / ExtensionsInTime;
        }
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
    }

    private async Task ExtendAsync(CancellationToken stop)
    {
        await _turn.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            var asked = _time.GetUtcNow();
            var due = Due();
            if (due.Count == 0)
                return;
            var failures = await TryExtendAsync([.. due.Select(static d => new VisibilityChange(d.Lease.ReceiptHandle, d.Extension))], stop)
                .ConfigureAwait(false);
            // Releases wait until this round is over, so none of these leases is disposed yet.
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
                       let extension = lease.NextExtension(Visibility)
                       where extension is not null
                       select (lease, extension.Value)];
    }

    private async Task<Dictionary<string, HandleFailure>> TryExtendAsync(VisibilityChange[] changes, CancellationToken stop)
    {
        // A call that is never answered must leave time for another.
        using var inTime = new CancellationTokenSource(Visibility / ExtensionsInTime, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, inTime.Token);
        var failures = new Dictionary<string, HandleFailure>();
        try
        {
            foreach (var failure in await _queue.ChangeVisibilityAsync(changes, either.Token).ConfigureAwait(false))
                failures[failure.ReceiptHandle] = failure;
        }
        catch (ArchiverException error)
        {
            AllFailed(error.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            AllFailed($"the queue did not answer within {(Visibility / ExtensionsInTime).TotalSeconds:0.#} s");
        }
        return failures;

        void AllFailed(string reason)
        {
            foreach (var change in changes)
                failures[change.ReceiptHandle] = new HandleFailure(change.ReceiptHandle, LeaseLost: false, reason);
        }
    }

    private void Conclude(Lease lease, DateTimeOffset hiddenUntil, HandleFailure? failure)
    {
        try
        {
            if (failure is null)
                lease.Renew(hiddenUntil);
            else if (failure.LeaseLost)
                lease.Lose();
            else if (lease.Doubt())
                _log.Warning("The visibility of a message could not be extended; trying again: {Reason}", failure.Reason);
        }
        catch (Exception error)
        {
            // An exception from one message's work, when its lease is lost, must not cost the other leases.
            _log.Error(error, "The work on a message could not be notified about its lease");
        }
    }
}
