using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Settling;

/// <summary>
/// Has rejected requests go where the request queue's redrive policy points, also when people set or change it while the poller runs.
/// </summary>
/// <param name="queues">Where they go.</param>
/// <param name="open">Opens a queue by its location.</param>
internal sealed class RedriveFollower(MessageQueues queues, Func<string, IMessageQueue> open, ILogger log) : IAsyncDisposable
{
    private readonly List<IMessageQueue> _opened = [];

    /// <param name="redrive">The policy; with null, the last one stands.</param>
    /// <exception cref="Contract.ArchiverException">The queue cannot be opened.</exception>
    public async Task FollowAsync(RedrivePolicy? redrive, CancellationToken stop)
    {
        if (redrive is null || redrive.DeadLetterQueue == queues.DeadLetter?.Queue.Location)
            return;
        var queue = _opened.Find(opened => opened.Location == redrive.DeadLetterQueue);
        if (queue is null)
            _opened.Add(queue = open(redrive.DeadLetterQueue));
        queues.DeadLetter = await BoundedQueue.AskAsync(queue, QueueLimits.Sqs.MessageBytes, stop).ConfigureAwait(false);
        log.Information("Rejected requests now go to {Queue}", queue.Location);
    }

    public async ValueTask DisposeAsync()
    {
        // Late: a message that was rejected before the change may still be on its way to an old one.
        foreach (var queue in _opened)
            await queue.DisposeAsync().ConfigureAwait(false);
    }
}
