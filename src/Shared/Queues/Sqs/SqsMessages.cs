using System.Globalization;
using Amazon.SQS.Model;

namespace Archiver.Queues.Sqs;

/// <summary>Converts messages between the SDK's types and those of this library.</summary>
internal static class SqsMessages
{
    /// <summary>All attributes and message attributes.</summary>
    public static readonly List<string> All = ["All"];

    /// <summary>On FIFO queues the message needs a group and a deduplication ID; on others it must have neither.</summary>
    public static SendMessageRequest ToRequest(OutgoingMessage message, string queueUrl) => new()
    {
        QueueUrl = queueUrl,
        MessageBody = message.Body,
        MessageGroupId = message.GroupId,
        MessageDeduplicationId = message.DeduplicationId,
        MessageAttributes = message.Attributes.Count == 0 ? null : message.Attributes.ToDictionary(a => a.Key, a => ToValue(a.Value)),
    };

    public static ReceivedMessage FromSdk(Message message)
    {
        var attributes = message.Attributes ?? [];
        return new ReceivedMessage
        {
            MessageId = message.MessageId,
            ReceiptHandle = message.ReceiptHandle,
            Body = message.Body,
            Attributes = message.MessageAttributes is { Count: > 0 } given
                ? given.ToDictionary(a => a.Key, a => FromValue(a.Value))
                : MessageAttribute.None,
            ReceiveCount = Number(attributes, "ApproximateReceiveCount") is { } count ? (int)count : 1,
            SentAt = DateTimeOffset.FromUnixTimeMilliseconds(Number(attributes, "SentTimestamp") ?? 0),
            GroupId = attributes.GetValueOrDefault("MessageGroupId"),
        };
    }

    private static long? Number(Dictionary<string, string> attributes, string name) =>
        long.TryParse(attributes.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static MessageAttributeValue ToValue(MessageAttribute attribute) => new()
    {
        DataType = attribute.DataType,
        StringValue = attribute.BinaryValue.IsEmpty ? attribute.StringValue : null,
        BinaryValue = attribute.BinaryValue.IsEmpty ? null : new MemoryStream(attribute.BinaryValue.ToArray()),
    };

    private static MessageAttribute FromValue(MessageAttributeValue value) =>
        new(value.DataType, value.StringValue, value.BinaryValue?.ToArray() ?? default);
}
