namespace Archiver.EndToEnd.Support;

/// <summary>What kind of queue a test wants.</summary>
public sealed record QueueOptions
{
    public bool Fifo { get; init; }

    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest message that it takes, in bytes. Null: as large as SQS allows.</summary>
    public int? LargestMessage { get; init; }

    /// <summary>After so many receives a message goes to a dead-letter queue, made along with the queue. Null: there is none.</summary>
    public int? MaxReceiveCount { get; init; }

    /// <summary>As <see cref="LargestMessage"/>, of the dead-letter queue.</summary>
    public int? LargestDeadLetter { get; init; }
}
