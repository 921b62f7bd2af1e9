using System.Globalization;
using System.Text;

namespace Archiver.Processor.Planning;

/// <summary>
/// Invisible characters that change how a name is read: bidirectional overrides, line separators and other format characters. Those needed
/// to write words and emoji are allowed: joiners and non-joiners, Arabic and Syriac number marks, and the tags of flags.
/// </summary>
internal static class DeceptiveCharacters
{
    public static bool Contains(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        && rune.Value is not (0x200C or 0x200D
            or (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD
            or (>= 0xE0020 and <= 0xE007F));
}
