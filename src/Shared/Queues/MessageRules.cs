using System.Text;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Queues;

/// <summary>
/// What every queue asks of a message, so that one that is sent on a developer's machine can be sent on SQS.
/// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
/// </summary>
internal static class MessageRules
{
    /// <summary>The largest message of SQS, body and attributes: 1 MiB.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private const int MaximumAttributes = 10;

    /// <exception cref="ArchiverException">Exit code 65: the message cannot be accepted.</exception>
    public static void Check(OutgoingMessage message, string location, int maximumBytes = MaximumBytes)
    {
        if (message.Body.Length == 0)
            throw Refused(location, "its body is empty");
        if (message.Attributes.Count > MaximumAttributes)
            throw Refused(location, $"it has {message.Attributes.Count} attributes and may have {MaximumAttributes}");
        foreach (var (name, attribute) in message.Attributes)
            CheckAttribute(name, attribute, location);
        var size = SizeOf(message);
        if (size > maximumBytes)
            throw Refused(location, $"it has {size} bytes and may have {maximumBytes}; put what is large elsewhere and send where it is");
    }

    /// <summary>Bytes of UTF-8 that count against the largest message: the body, and the name, type and value of each attribute.</summary>
    public static long SizeOf(OutgoingMessage message) =>
        Encoding.UTF8.GetByteCount(message.Body) + message.Attributes.Sum(a =>
            (long)Encoding.UTF8.GetByteCount(a.Key) + Encoding.UTF8.GetByteCount(a.Value.DataType)
            + Encoding.UTF8.GetByteCount(a.Value.StringValue ?? "") + a.Value.BinaryValue.Length);

    public static ArchiverException Refused(string location, string reason, Exception? inner = null) =>
        new(ExitCode.DataError, $"The queue {location} does not take the message: {reason}.", inner);

    private static void CheckAttribute(string name, MessageAttribute attribute, string location)
    {
        if (name.Length == 0)
            throw Refused(location, "an attribute has no name");
        var isBinary = attribute.DataType.Split('.')[0] switch
        {
            "String" or "Number" => false,
            "Binary" => true,
            _ => throw Refused(location, $"the type of attribute \"{name}\" must be String, Number or Binary"),
        };
        if (isBinary ? attribute.BinaryValue.IsEmpty : string.IsNullOrEmpty(attribute.StringValue))
            throw Refused(location, $"the attribute \"{name}\" has no value");
    }
}
