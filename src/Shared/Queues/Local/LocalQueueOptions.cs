namespace Archiver.Queues.Local;

/// <summary>How to create a queue on this machine; an existing queue keeps the options it was created with.</summary>
public sealed record LocalQueueOptions
{
    /// <summary>How long a received message stays hidden; 0 to 12 hours.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Receives before a message moves to the dead-letter queue; 1 or more.</summary>
    public int MaxReceiveCount { get; init; } = 5;
}
