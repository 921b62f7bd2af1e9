namespace Archiver.Queues;

/// <summary>
/// The limits of a queue. Queues on this machine have the limits of SQS, so that a program that works here works there.
/// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html
/// </summary>
public sealed record QueueLimits
{
    /// <summary>The smallest value that SQS allows for a queue's largest message, in bytes.</summary>
    internal const int LeastMessageBytes = 1024;

    /// <summary>The limits of Amazon SQS.</summary>
    public static QueueLimits Sqs { get; } = new();

    /// <summary>The most attributes that a message may have.</summary>
    public int Attributes { get; init; } = 10;

    /// <summary>The largest message, body and attributes, in bytes of UTF-8; an SQS queue may be configured for less.</summary>
    public int MessageBytes { get; init; } = 1024 * 1024;

    /// <summary>The longest that a message can be hidden; on SQS, counted from its receive.</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The most messages that one receive returns.</summary>
    public int MessagesPerReceive { get; init; } = 10;

    /// <summary>The longest that a receive can wait for its first message.</summary>
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
