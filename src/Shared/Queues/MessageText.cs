using System.Buffers;

namespace Archiver.Queues;

/// <summary>
/// The characters that a message may contain: those of XML 1.0. Some SQS endpoints refuse the others, some silently replace them with
/// U+FFFD. They are refused here, so that no message arrives changed.
/// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
/// </summary>
internal static class MessageText
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c).Except("\t\n\r"), '\uFFFE', '\uFFFF']);

    /// <returns>Null if every queue accepts the text.</returns>
    public static string? FindProblem(string text)
    {
        var lone = IndexOfLoneSurrogate(text);
        var at = lone >= 0 ? lone : text.AsSpan().IndexOfAny(Forbidden);
        return at >= 0 ? $"has the character U+{(int)text[at]:X4} at position {at}, which SQS does not accept" : null;
    }

    /// <summary>The position of the first lone surrogate, which no encoding can carry; -1 if there is none.</summary>
    public static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
            return -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return i;
            i++;
        }

        return -1;
    }
}
