using System.Buffers;

namespace Archiver.Queues;

/// <summary>
/// The characters that a message may have: those of XML 1.0. Some endpoints of SQS refuse the others, some put U+FFFD in their place
/// without a
/// word: refused here, a message never arrives changed.
/// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
/// </summary>
internal static class MessageText
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c).Except("\t\n\r"), '\uFFFE', '\uFFFF']);

    /// <returns>Null when every queue carries the text.</returns>
    public static string? FindProblem(string text)
    {
        var lone = IndexOfLoneSurrogate(text);
        var at = lone >= 0 ? lone : text.AsSpan().IndexOfAny(Forbidden);
        return at >= 0 ? $"has the character U+{(int)text[at]:X4} at position {at}, which SQS does not accept" : null;
    }

    /// <summary>Where half a surrogate pair stands, which no encoding can carry; -1 when all of them are whole.</summary>
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
