using System.Text;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Queues;

/// <summary>
/// The rules of every queue for messages, so that whatever can be sent on a developer's machine can be sent on SQS.
/// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
/// </summary>
internal static class MessageRules
{
    /// <summary>What is wrong with a message.</summary>
    /// <returns>Null if a queue with these limits accepts it.</returns>
    public static string? FindProblem(OutgoingMessage message, QueueLimits limits)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Body.Length == 0)
            return "its body is empty";
        if (MessageText.FindProblem(message.Body) is { } inBody)
            return $"its body {inBody}";
        if (message.Attributes.Count > limits.Attributes)
            return $"it has {message.Attributes.Count} attributes, but at most {limits.Attributes} are allowed";
        var problems = message.Attributes.Select(static a => AttributeRules.FindProblem(a.Key, a.Value));
        if (problems.FirstOrDefault(static problem => problem is not null) is { } inAttributes)
            return inAttributes;
        var size = Encoding.UTF8.GetByteCount(message.Body) + SizeOf(message.Attributes);
        return size <= limits.MessageBytes ? null
            : $"it has {size} bytes, but at most {limits.MessageBytes} are allowed; store large content elsewhere and send its location";
    }

    /// <summary>The bytes of UTF-8 by which attributes count towards the message size: the name, type and value of each.</summary>
    public static int SizeOf(IEnumerable<KeyValuePair<string, MessageAttribute>> attributes) => attributes.Sum(static a =>
        Encoding.UTF8.GetByteCount(a.Key) + Encoding.UTF8.GetByteCount(a.Value.DataType)
        + Encoding.UTF8.GetByteCount(a.Value.StringValue ?? "") + a.Value.BinaryValue.Length);

    /// <exception cref="ArchiverException">Exit code 65: the message cannot be accepted.</exception>
    internal static void Check(OutgoingMessage message, string location)
    {
        if (FindProblem(message, QueueLimits.Sqs) is { } problem)
            throw Refused(location, problem);
    }

    internal static ArchiverException Refused(string location, string reason, Exception? inner = null) =>
        new(ExitCode.DataError, $"The queue {location} does not accept the message: {reason}.", inner);
}
