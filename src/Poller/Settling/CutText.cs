using System.Text;

namespace Archiver.Poller.Settling;

/// <summary>Texts, cut to the room that there is for them.</summary>
internal static class CutText
{
    private const string Mark = "...";

    /// <summary>The text, or its beginning, in so many bytes of UTF-8.</summary>
    public static string ToBytes(string text, int most) => Cut(text, most, static rune => rune.Utf8SequenceLength);

    /// <summary>The same inside a text of JSON, where some characters take more.</summary>
    public static string ToJsonBytes(string text, int most) =>
        Cut(text, most, static rune => Rune.IsControl(rune) || rune.Value is '"' or '\\' ? 6 : rune.Utf8SequenceLength);

    private static string Cut(string text, int most, Func<Rune, int> sizeOf)
    {
        var (size, end) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            size += sizeOf(rune);
            if (size > most)
                return most < Mark.Length ? "" : text[..end] + Mark;
            if (size <= most - Mark.Length)
                end += rune.Utf16SequenceLength;
        }
        return text;
    }
}
