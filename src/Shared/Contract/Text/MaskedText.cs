using System.Text.RegularExpressions;

namespace Archiver.Contract.Text;

/// <summary>
/// Hides what URLs carry for the server alone: user and password, and the query, in which presigned URLs have their signature.
/// </summary>
internal static partial class MaskedText
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Mask = "********";

    /// <summary>The text with the secrets of every URL in it masked.</summary>
    public static string Urls(string text) => Query().Replace(UserInfo().Replace(text, Mask + "@"), Mask);

    [GeneratedRegex("""(?<=://)[^/?#\s"]+@""")]
    private static partial Regex UserInfo();

    [GeneratedRegex("""(?<=https?://[^?#\s"]*\?)[^#\s"]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Query();
}
