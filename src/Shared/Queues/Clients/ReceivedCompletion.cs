using Archiver.Contract.Messages;

namespace Archiver.Queues.Clients;

/// <summary>
/// A received completion, hidden from other receivers until its visibility timeout ends. Delete it once it is processed.
/// </summary>
public sealed record ReceivedCompletion
{
    /// <summary>How the request ended.</summary>
    public required ArchiveCompletion Completion { get; init; }

    /// <summary>The argument for <see cref="ArchiveClient.DeleteMessageAsync"/>.</summary>
    public required string ReceiptHandle { get; init; }

    /// <summary>The message ID of the completion, not of the request.</summary>
    public required string MessageId { get; init; }

    /// <summary>The message attributes, including those of the request.</summary>
    public IReadOnlyDictionary<string, MessageAttribute> Attributes { get; init; } = MessageAttribute.None;

    /// <summary>The text of the message, as received.</summary>
    public required string RawBody { get; init; }
}
