namespace Archiver.Queues;

/// <summary>A queue's settings and approximate counts.</summary>
public sealed record QueueProperties
{
    /// <summary>How long a received message stays hidden.</summary>
    public required TimeSpan VisibilityTimeout { get; init; }

    /// <summary>What it allows.</summary>
    public QueueLimits Limits { get; init; } = QueueLimits.Sqs;

    /// <summary>Where messages go that were received too often; null when nowhere.</summary>
    public RedrivePolicy? Redrive { get; init; }

    /// <summary>First in, first out, within message groups.</summary>
    public bool IsFifo { get; init; }

    /// <summary>Messages that a receive could get now.</summary>
    public long Visible { get; init; }

    /// <summary>Messages that somebody received and has not deleted.</summary>
    public long InFlight { get; init; }

    /// <summary>Messages sent with a delay that has not ended.</summary>
    public long Delayed { get; init; }
}

/// <summary>When a message moves to the dead-letter queue.</summary>
/// <param name="DeadLetterQueue">A location that <see cref="QueueFactory"/> opens.</param>
/// <param name="MaxReceiveCount">A message received that often moves instead of being received again.</param>
public sealed record RedrivePolicy(string DeadLetterQueue, int MaxReceiveCount);
