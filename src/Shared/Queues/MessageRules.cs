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

    /// <summary>The smallest limit that a queue can be given.</summary>
    public const int SmallestMaximumBytes = 1024;

    /// <summary>The most attributes of a message.</summary>
    public const int MaximumAttributes = 10;

    /// <summary>What is wrong with a message.</summary>
    /// <returns>Null when every queue takes it that takes so many bytes.</returns>
    public static string? FindProblem(OutgoingMessage message, int maximumBytes = MaximumBytes)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Body.Length == 0)
            return "its body is empty";
        if (MessageText.FindProblem(message.Body) is { } inBody)
            return $"its body {inBody}";
        if (message.Attributes.Count > MaximumAttributes)
            return $"it has {message.Attributes.Count} attributes and may have {MaximumAttributes}";
        if (message.Attributes.Select(static a => AttributeRules.FindProblem(a.Key, a.Value)).FirstOrDefault(static problem => problem is not null) is { } inAttributes)
            return inAttributes;
        var size = Encoding.UTF8.GetByteCount(message.Body) + SizeOf(message.Attributes);
        return size > maximumBytes ? $"it has {size} bytes and may have {maximumBytes}; put what is large elsewhere and send where it is" : null;
    }

    /// <summary>Bytes of UTF-8 that attributes count against the largest message: the name, type and value of each.</summary>
    public static int SizeOf(IEnumerable<KeyValuePair<string, MessageAttribute>> attributes) => attributes.Sum(static a =>
        Encoding.UTF8.GetByteCount(a.Key) + Encoding.UTF8.GetByteCount(a.Value.DataType)
        + Encoding.UTF8.GetByteCount(a.Value.StringValue ?? "") + a.Value.BinaryValue.Length);

    /// <exception cref="ArchiverException">Exit code 65: the message cannot be accepted.</exception>
    internal static void Check(OutgoingMessage message, string location)
    {
        if (FindProblem(message) is { } problem)
            throw Refused(location, problem);
    }

    internal static ArchiverException Refused(string location, string reason, Exception? inner = null) =>
        new(ExitCode.DataError, $"The queue {location} does not take the message: {reason}.", inner);
}
