namespace Archiver.Queues.Local;

/// <summary>How a queue on this machine is created; one that exists keeps what it was created with.</summary>
public sealed record LocalQueueOptions
{
    /// <summary>How long a received message stays hidden; 0 to 12 hours.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Receives before a message moves to the dead-letter queue; 1 or more.</summary>
    public int MaxReceiveCount { get; init; } = 5;
}
