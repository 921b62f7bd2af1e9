using Archiver.Queues;

namespace Archiver.Poller.Requests;

/// <summary>A message as its sender sent it, whatever queues it has been in since.</summary>
internal sealed record SentMessage(string MessageId, string Body, IReadOnlyDictionary<string, MessageAttribute> Attributes,
    DateTimeOffset SentAt);
