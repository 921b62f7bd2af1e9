using System.Text.Json;
using Archiver.Queues;

namespace Archiver.Poller.Requests;

/// <summary>
/// What a message's body may be wrapped in by the services on its way. An SNS notification is opened; what is no request at all, but known
/// to arrive on queues, is told by its name.
/// https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html,
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html,
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
/// </summary>
internal static class Envelope
{
    private static readonly string[] OfRequests = ["aipid", "files", "filenames", "filesFrom"];

    /// <summary>Opens a message.</summary>
    /// <returns>The request and its body, and what is wrong when the body is known to be something else.</returns>
    public static (SentMessage Request, ParsedBody Body, string? Problem) Open(SentMessage message, ParsedBody body)
    {
        try
        {
            if (body.Json is not { } root || IsRequest(root))
                return (message, body, null);
            if (!IsNotification(root))
                return (message, body, ForeignEvent(root));
            var inner = message with { Body = root.GetProperty("Message").GetString()!, Attributes = AttributesOf(root, message) };
            return Open(inner, ParsedBody.Of(inner.Body));
        }
        catch (InvalidOperationException)
        {
            // A text has half a character: whatever it is, the reader of requests explains it.
            return (message, body, null);
        }
    }

    /// <summary>Whether a body is a notification, which has the request in it.</summary>
    public static bool IsNotification(JsonElement root) => !IsRequest(root) && Is(root, "Type", "Notification") && Has(root, "TopicArn")
        && Has(root, "Message");

    private static bool IsRequest(JsonElement root) => root.ValueKind != JsonValueKind.Object
        || OfRequests.Any(name => root.TryGetProperty(name, out _));

    private static string? ForeignEvent(JsonElement root)
    {
        var name = root switch
        {
            _ when root.TryGetProperty("Records", out var records) && records.ValueKind == JsonValueKind.Array
                && records.EnumerateArray().All(static record => record.ValueKind == JsonValueKind.Object
                    && Is(record, "eventSource", "aws:s3")) => "an S3 event notification",
            _ when Is(root, "Event", "s3:TestEvent") => "the test event that S3 sends when notifications are set up",
            _ when Has(root, "detail-type") && root.TryGetProperty("detail", out _) => "an EventBridge event",
            _ when Is(root, "Type", "SubscriptionConfirmation") || Is(root, "Type", "UnsubscribeConfirmation") => "an SNS confirmation",
            _ => null,
        };
        return name is null
            ? null
            : $"The message is {name}, not an archive request; a program that reacts to such events must send an archive request instead.";
    }

    /// <summary>The attributes of a notification that was not delivered raw are in its body; those of the message itself win.</summary>
    private static IReadOnlyDictionary<string, MessageAttribute> AttributesOf(JsonElement notification, SentMessage message)
    {
        if (!notification.TryGetProperty("MessageAttributes", out var given) || given.ValueKind != JsonValueKind.Object)
            return message.Attributes;
        var attributes = new Dictionary<string, MessageAttribute>(message.Attributes);
        foreach (var attribute in given.EnumerateObject()
            .Where(static a => a.Value.ValueKind == JsonValueKind.Object && Is(a.Value, "Type", "String") && Has(a.Value, "Value")))
            attributes.TryAdd(attribute.Name, MessageAttribute.Text(attribute.Value.GetProperty("Value").GetString()!));
        return attributes;
    }

    private static bool Has(JsonElement element, string name) => element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String;

    private static bool Is(JsonElement element, string name, string text) => element.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
