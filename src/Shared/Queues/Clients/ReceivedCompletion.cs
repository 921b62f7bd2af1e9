using Archiver.Contract.Messages;

namespace Archiver.Queues.Clients;

/// <summary>
/// A completion as received; hidden from other receivers until its queue's visibility timeout ends, so delete it when it is dealt with.
/// </summary>
public sealed record ReceivedCompletion
{
    /// <summary>How the request ended.</summary>
    public required ArchiveCompletion Completion { get; init; }

    /// <summary>What <see cref="ArchiveClient.DeleteMessageAsync"/> takes.</summary>
    public required string ReceiptHandle { get; init; }

    /// <summary>The completion's own message id, not the request's.</summary>
    public required string MessageId { get; init; }

    /// <summary>The message attributes; those of the request among them.</summary>
    public IReadOnlyDictionary<string, MessageAttribute> Attributes { get; init; } = MessageAttribute.None;

    /// <summary>The message's text, as it came.</summary>
    public required string RawBody { get; init; }
}
