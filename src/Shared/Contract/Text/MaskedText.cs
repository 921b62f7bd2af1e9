using System.Text.RegularExpressions;

namespace Archiver.Contract.Text;

/// <summary>
/// Hides what only the server should see in a URL: user and password, and the query, which holds the signature of presigned URLs.
/// </summary>
internal static partial class MaskedText
{
    /// <summary>Replaces a secret.</summary>
    public const string Mask = "********";

    /// <summary>The text with the secrets of every URL in it masked.</summary>
    public static string Urls(string text) => Query().Replace(UserInfo().Replace(text, Mask + "@"), Mask);

    [GeneratedRegex("""(?<=://)[^/?#\s"]+@""")]
    private static partial Regex UserInfo();

    [GeneratedRegex("""(?<=https?://[^?#\s"]*\?)[^#\s"]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Query();
}
