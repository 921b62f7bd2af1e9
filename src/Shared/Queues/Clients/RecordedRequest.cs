using Archiver.Contract.Messages;

namespace Archiver.Queues.Clients;

/// <summary>A request made through a <see cref="MockArchiveClient"/>.</summary>
/// <param name="MessageId">What <see cref="ArchiveClient.RequestArchiveAsync"/> returned.</param>
/// <param name="Request">The request, as its receiver would read it.</param>
/// <param name="Attributes">Its message attributes.</param>
/// <param name="Body">The text that would be sent.</param>
public sealed record RecordedRequest(
    string MessageId, ArchiveRequest Request, IReadOnlyDictionary<string, MessageAttribute> Attributes, string Body);
