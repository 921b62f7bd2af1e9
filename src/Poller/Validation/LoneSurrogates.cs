using System.Globalization;

namespace Archiver.Poller.Validation;

/// <summary>Halves of characters, such as <c>"\ud800"</c>: JSON may hold them, text may not.</summary>
internal static class LoneSurrogates
{
    private const string Replacement = "\\ufffd";

    /// <summary>JSON with U+FFFD in their place.</summary>
    public static string Replace(string json)
    {
        if (!json.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
            return json;
        var replaced = json.ToCharArray();
        for (var at = 0; at < json.Length; at++)
        {
            if (json[at] != '\\')
                continue;
            if (Unit(json, at) is not { } unit || !char.IsSurrogate(unit))
                at++;
            else if (char.IsHighSurrogate(unit) && Unit(json, at + Replacement.Length) is { } next && char.IsLowSurrogate(next))
                at += (2 * Replacement.Length) - 1;
            else
                Replacement.CopyTo(0, replaced, at, Replacement.Length);
        }
        return new string(replaced);
    }

    private static char? Unit(string json, int at) =>
        at + Replacement.Length <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(json.AsSpan(at + 2, Replacement.Length - 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
