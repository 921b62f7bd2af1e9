namespace Archiver.Queues;

/// <summary>A queue's settings and approximate counts.</summary>
public sealed record QueueProperties
{
    /// <summary>How long a received message stays hidden.</summary>
    public required TimeSpan VisibilityTimeout { get; init; }

    /// <summary>The queue's limits.</summary>
    public QueueLimits Limits { get; init; } = QueueLimits.Sqs;

    /// <summary>Where messages go after too many receives; null: nowhere.</summary>
    public RedrivePolicy? Redrive { get; init; }

    /// <summary>Whether it is a FIFO queue: first in, first out within message groups.</summary>
    public bool IsFifo { get; init; }

    /// <summary>The number of messages that can be received now.</summary>
    public long Visible { get; init; }

    /// <summary>The number of messages received but not yet deleted.</summary>
    public long InFlight { get; init; }

    /// <summary>The number of messages sent with a delay that has not ended.</summary>
    public long Delayed { get; init; }
}

/// <summary>When a message moves to the dead-letter queue.</summary>
/// <param name="DeadLetterQueue">A location that <see cref="QueueFactory"/> opens.</param>
/// <param name="MaxReceiveCount">After this many receives, a message moves instead of being received again.</param>
public sealed record RedrivePolicy(string DeadLetterQueue, int MaxReceiveCount);
