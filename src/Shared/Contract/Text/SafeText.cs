using System.Buffers;
using System.Globalization;
using System.Text;

namespace Archiver.Contract.Text;

/// <summary>
/// Makes text from others safe for terminals and logs. Whatever could control a terminal, forge a line or reverse its direction is
/// escaped as in JSON, so that a line of JSON keeps its meaning.
/// </summary>
internal static class SafeText
{
    // In some scripts and in emoji, these two are part of the text.
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
    /// Like <see cref="Escape"/>, but keeps line breaks; all lines but the first are indented, so that none can pass for a separate entry.
    /// </summary>
    public static string EscapeLines(string text) => string.Join("\n    ", text.ReplaceLineEndings("\n").Split('\n').Select(Escape));

    /// <summary>Cuts a text to at most <paramref name="most"/> characters, plus an ellipsis.</summary>
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
