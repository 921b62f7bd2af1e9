using Archiver.Contract;
using Archiver.Poller.Health;
using Archiver.Poller.Retries;
using Archiver.Programs.Settings;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Receiving;

/// <summary>
/// The request queue, as the loop receives from it. A service waits where it fails, longer every time in a row; other runs end.
/// </summary>
internal sealed class MessageSource(IMessageQueue queue, QueueSettings settings, ReceiveMode mode, Pauses pauses, PollerHealth health,
    ILogger log)
{
    // Long enough for SQS to ask all of its servers (any long poll does), short enough for a cron job.
    private static readonly TimeSpan DrainWait = TimeSpan.FromSeconds(1);

    private static readonly Backoff Backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    private readonly TimeSpan _wait = mode == ReceiveMode.Drain && settings.WaitTime > DrainWait ? DrainWait : settings.WaitTime;
    private int _failures;

    /// <returns>Null when it failed and a service tries again.</returns>
    public async Task<IReadOnlyList<ReceivedMessage>?> TryReceiveAsync(int most, CancellationToken stop)
    {
        try
        {
            health.Receiving();
            var messages = await queue.ReceiveAsync(Math.Min(most, settings.MaxNumberOfMessages), _wait, stop).ConfigureAwait(false);
            health.Resume();
            _failures = 0;
            return messages;
        }
        catch (Exception error) when (mode == ReceiveMode.Forever && (error is ArchiverException || !stop.IsCancellationRequested))
        {
            // A bug is no reason to stop: the next message may work.
            if (error is not ArchiverException)
                log.Error(error, "Receiving failed");
            await pauses.PauseAsync(Backoff.After(++_failures), error.Message, stop).ConfigureAwait(false);
            return null;
        }
    }
}
