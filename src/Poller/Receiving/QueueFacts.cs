using Archiver.Contract;
using Archiver.Poller.Health;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Receiving;

/// <summary>
/// The request queue's settings, which people change while the poller runs; read again now and then, and no message waits for that.
/// </summary>
internal sealed class QueueFacts : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly IMessageQueue _queue;
    private readonly Func<QueueProperties, CancellationToken, Task> _changed;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private QueueProperties _current;
    private QueueProperties _told;

    /// <param name="queue">The request queue.</param>
    /// <param name="current">What was read of it already.</param>
    /// <param name="changed">Is told when its visibility timeout or its redrive policy has changed; again a minute later when that
    /// fails.</param>
    public QueueFacts(IMessageQueue queue, QueueProperties current, Func<QueueProperties, CancellationToken, Task> changed,
        TimeProvider time, ILogger log)
    {
        (_queue, _current, _told, _changed, _time, _log) = (queue, current, current, changed, time, log);
        Loop = new BackgroundLoop("reader of the queue's settings", ReadRepeatedlyAsync, time, log);
    }

    public BackgroundLoop Loop { get; }

    /// <summary>Receives that the redrive policy allows; null when there is none.</summary>
    public int? MaxReceiveCount => Volatile.Read(ref _current).Redrive?.MaxReceiveCount;

    public ValueTask DisposeAsync() => Loop.DisposeAsync();

    private async Task ReadRepeatedlyAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            await ReadAsync(stop).ConfigureAwait(false);
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        try
        {
            var now = await _queue.GetPropertiesAsync(stop).ConfigureAwait(false);
            Volatile.Write(ref _current, now);
            if (now.Redrive == _told.Redrive && now.VisibilityTimeout == _told.VisibilityTimeout)
                return;
            _log.Information(
                "The attributes of {Queue} changed: visibility timeout {Visibility}, maxReceiveCount {MaxReceiveCount}",
                _queue.Location, now.VisibilityTimeout, now.Redrive?.MaxReceiveCount);
            await _changed(now, stop).ConfigureAwait(false);
            _told = now;
        }
        catch (ArchiverException error)
        {
            // Whether messages come is what counts, and their receives tell of that.
            _log.Debug("The attributes of {Queue} could not be refreshed: {Reason}", _queue.Location, error.Message);
        }
    }
}
