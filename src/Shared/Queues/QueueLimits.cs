namespace Archiver.Queues;

/// <summary>
/// What a queue allows. Queues on this machine keep to what SQS allows, so that a program that runs well here runs well there.
/// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html
/// </summary>
public sealed record QueueLimits
{
    /// <summary>The largest message of a queue that takes as little as a queue can be told to.</summary>
    internal const int LeastMessageBytes = 1024;

    /// <summary>Those of Amazon SQS.</summary>
    public static QueueLimits Sqs { get; } = new();

    /// <summary>The most attributes of a message.</summary>
    public int Attributes { get; init; } = 10;

    /// <summary>The largest message, body and attributes, in bytes of UTF-8; a queue of SQS may have been told to take less.</summary>
    public int MessageBytes { get; init; } = 1024 * 1024;

    /// <summary>The longest that a message is hidden, counted from its receive on SQS.</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The most messages that one receive brings.</summary>
    public int MessagesPerReceive { get; init; } = 10;

    /// <summary>The longest that a receive waits for its first message.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(20);

    internal void CheckReceive(int maxMessages, TimeSpan wait)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxMessages, MessagesPerReceive);
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wait, Wait);
    }

    internal VisibilityChange Cap(VisibilityChange change)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(change.Timeout, TimeSpan.Zero);
        return change.Timeout > Visibility ? change with { Timeout = Visibility } : change;
    }
}
