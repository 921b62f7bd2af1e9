using System.Globalization;
using System.Text;
using Archiver.Contract.Messages;
using Archiver.Queues;

namespace Archiver.Poller.Handling;

/// <summary>A rejected request on its way to the dead-letter queue: the original body, and the reason in its attributes.</summary>
internal static class DeadLetterMessage
{
    public const string ReasonAttribute = "Archiver-Reason";
    public const string CodeAttribute = "Archiver-Code";
    public const string ExitCodeAttribute = "Archiver-Exit-Code";
    public const string MessageIdAttribute = "Archiver-Message-Id";

    private const int MostAttributes = 10;
    private const int LongestReason = 1024;

    /// <summary>The message, no larger than the queue takes: where the original leaves too little room, attributes give way, the body never.</summary>
    public static OutgoingMessage Build(ReceivedMessage request, string aipId, FailureDescription error, int largest)
    {
        var attributes = new Dictionary<string, MessageAttribute>();
        var room = largest - Encoding.UTF8.GetByteCount(request.Body);
        foreach (var (name, value) in Reasons(request, error).Concat(request.Attributes))
        {
            var size = MessageSize.Of(new Dictionary<string, MessageAttribute> { [name] = value });
            if (attributes.Count == MostAttributes || size > room || !attributes.TryAdd(name, value))
                continue;
            room -= size;
        }
        return new OutgoingMessage(request.Body)
        {
            Attributes = attributes,
            GroupId = request.GroupId ?? ArchiveGroup.For(aipId),
            DeduplicationId = request.MessageId,
        };
    }

    private static IEnumerable<KeyValuePair<string, MessageAttribute>> Reasons(ReceivedMessage request, FailureDescription error) =>
    [
        new(CodeAttribute, MessageAttribute.Text(error.Code)),
        new(ExitCodeAttribute, new MessageAttribute("Number", error.ExitCode.ToString(CultureInfo.InvariantCulture))),
        new(ReasonAttribute, MessageAttribute.Text(Short(error.Detail))),
        new(MessageIdAttribute, MessageAttribute.Text(request.MessageId)),
    ];

    // SQS refuses the characters that XML 1.0 does not know, and empty values.
    private static string Short(string reason)
    {
        var text = string.Concat(reason.Take(LongestReason).Select(static c => char.IsControl(c) || char.IsSurrogate(c) || c >= '\uFFFE' ? ' ' : c));
        return text.Length == 0 ? "unknown" : text;
    }
}
