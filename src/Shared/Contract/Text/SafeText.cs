using System.Buffers;
using System.Globalization;
using System.Text;

namespace Archiver.Contract.Text;

/// <summary>
/// Text that others wrote, on its way to a terminal or a log. What could act on a terminal, forge a line or turn one around is
/// written as JSON escapes it, so that a line of JSON stays what it is.
/// </summary>
internal static class SafeText
{
    // Between letters of some scripts and in emoji these two are part of the text.
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>
    /// The text on one line: control and format characters, line breaks and broken surrogates become <c>\u001B</c> and the like.
    /// </summary>
    public static string Escape(string text)
    {
        var rest = text.AsSpan();
        var safe = SafeLength(rest);
        if (safe == rest.Length)
            return text;
        var escaped = new StringBuilder(text.Length + 16);
        while (!rest.IsEmpty)
        {
            escaped.Append(rest[..safe]);
            rest = rest[safe..];
            if (rest.IsEmpty)
                break;
            Rune.DecodeFromUtf16(rest, out _, out var length);
            foreach (var unit in rest[..length])
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
            rest = rest[length..];
            safe = SafeLength(rest);
        }
        return escaped.ToString();
    }

    /// <summary>
    /// As <see cref="Escape"/>, but a text of several lines keeps them; each but the first is indented, so that none passes for another
    /// one's.
    /// </summary>
    public static string EscapeLines(string text) => string.Join("\n    ", text.ReplaceLineEndings("\n").Split('\n').Select(Escape));

    /// <summary>No more than so many characters of a text.</summary>
    public static string Shorten(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 1]) ? most - 1 : most), "...");

    private static int SafeLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length)
        {
            if (Rune.DecodeFromUtf16(text[length..], out var rune, out var consumed) != OperationStatus.Done || !IsSafe(rune))
                return length;
            length += consumed;
        }
        return length;
    }

    private static bool IsSafe(Rune rune) => rune.Value is ZeroWidthNonJoiner or ZeroWidthJoiner || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
