using System.Globalization;
using System.Text;

namespace Archiver.Poller.Jobs;

/// <summary>
/// Text of another program for a log that people read in terminals: not endless, and without anything that moves the cursor or forges a
/// line.
/// </summary>
internal static class ForeignText
{
    /// <summary>The text, at most so long, with every character that is not seen written as \u and its number.</summary>
    public static string Safe(string text, int most)
    {
        if (text.Length <= most && !text.Any(IsUnsafe))
            return text;
        var safe = new StringBuilder();
        foreach (var c in text)
        {
            var written = IsUnsafe(c) ? $"\\u{(int)c:x4}" : c.ToString();
            if (safe.Length + written.Length > most)
                break;
            safe.Append(written);
        }
        return safe.ToString();
    }

    // Format characters turn the direction of what follows, or hide it.
    private static bool IsUnsafe(char c) => (char.IsControl(c) && c != '\t')
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
