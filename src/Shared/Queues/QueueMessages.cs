namespace Archiver.Queues;

/// <summary>A message to send.</summary>
/// <param name="Body">Text without characters that XML 1.0 forbids.</param>
public sealed record OutgoingMessage(string Body)
{
    /// <summary>Message attributes, at most ten.</summary>
    public IReadOnlyDictionary<string, MessageAttribute> Attributes { get; init; } = MessageAttribute.None;

    /// <summary>The message group on FIFO queues; other queues ignore it.</summary>
    public string? GroupId { get; init; }

    /// <summary>On FIFO queues, messages with the same ID within five minutes count as one; other queues ignore it.</summary>
    public string? DeduplicationId { get; init; }
}

/// <summary>A received message, hidden from other receivers until its visibility timeout ends.</summary>
public sealed record ReceivedMessage
{
    /// <summary>The same for all receives of the message.</summary>
    public required string MessageId { get; init; }

    /// <summary>Identifies this receive; only the newest one can act on the message.</summary>
    public required string ReceiptHandle { get; init; }

    /// <summary>The text that was sent.</summary>
    public required string Body { get; init; }

    /// <summary>Message attributes.</summary>
    public IReadOnlyDictionary<string, MessageAttribute> Attributes { get; init; } = MessageAttribute.None;

    /// <summary>How many times it has been received, including this one; 1 or more.</summary>
    public int ReceiveCount { get; init; } = 1;

    /// <summary>When it was sent.</summary>
    public DateTimeOffset SentAt { get; init; }

    /// <summary>The message group, on FIFO queues.</summary>
    public string? GroupId { get; init; }
}

/// <summary>A message attribute, typed as in SQS.</summary>
/// <param name="DataType"><c>String</c>, <c>Number</c> or <c>Binary</c>, with an optional custom suffix.</param>
/// <param name="StringValue">The value of a string or number.</param>
/// <param name="BinaryValue">The value of a binary.</param>
public sealed record MessageAttribute(string DataType, string? StringValue, ReadOnlyMemory<byte> BinaryValue = default)
{
    /// <summary>No attributes.</summary>
    public static IReadOnlyDictionary<string, MessageAttribute> None { get; } = new Dictionary<string, MessageAttribute>();

    /// <summary>A text attribute.</summary>
    public static MessageAttribute Text(string value) => new("String", value);
}
