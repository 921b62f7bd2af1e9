using System.Buffers;

namespace Archiver.Queues.Sqs;

/// <summary>
/// The characters that a message on SQS may have. Some of its endpoints refuse the others, some put U+FFFD in their place without a
/// word: refused here, a message never arrives changed.
/// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
/// </summary>
internal static class SqsText
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c).Except("\t\n\r"), '\uFFFE', '\uFFFF']);

    public static void Check(OutgoingMessage message, string location)
    {
        Check(message.Body, "its body", location);
        foreach (var (name, attribute) in message.Attributes)
            Check(attribute.StringValue ?? "", $"the attribute \"{name}\"", location);
    }

    private static void Check(string text, string where, string location)
    {
        var lone = MessageText.IndexOfLoneSurrogate(text);
        var at = lone >= 0 ? lone : text.AsSpan().IndexOfAny(Forbidden);
        if (at >= 0)
            throw MessageRules.Refused(location, $"{where} has the character U+{(int)text[at]:X4} at position {at}, which SQS does not carry");
    }
}
