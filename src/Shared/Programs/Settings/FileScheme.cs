namespace Archiver.Programs.Settings;

/// <summary>
/// Files: <c>file:</c> URIs and, as locations, also paths that start with <c>/</c>, <c>./</c> or <c>../</c>. Keys are full paths.
/// </summary>
internal sealed class FileScheme : StoreScheme
{
    private const string UriMark = "file:";

    public override string Mark => UriMark;

    public override string ObjectForm => "file:///path";

    public override bool IsRemote => false;

    public override (string Bucket, string Key)? TryReadObject(string uri) => FullPath(uri) is { } path ? ("", path) : null;

    public override string UriOf(string bucket, string? key) =>
        UriMark + "//" + string.Join('/', (key ?? "").Split('/').Select(Uri.EscapeDataString));

    public override bool IsBucketName(string bucket) => bucket.Length == 0;

    public override bool StaysBelow(string key) =>
        !key.Contains('\0', StringComparison.Ordinal) && !key.StartsWith('/') && !key.Split('/').Contains("..");

    public override string PrefixOf(string folder) => folder;

    public static string? FullPath(string text)
    {
        if (Uri.UnescapeDataString(text).Contains('\0', StringComparison.Ordinal))
            return null;
        if (text.StartsWith(UriMark, StringComparison.OrdinalIgnoreCase))
        {
            var path = text[UriMark.Length..];
            if (path.StartsWith("//", StringComparison.Ordinal))
                path = path.IndexOf('/', 2) is var slash and >= 2 && path[2..slash] is "" or "localhost" ? path[slash..] : "";
            return path.Length == 0 ? null : TrimEnd(Path.GetFullPath(Uri.UnescapeDataString(path)));
        }
        return text is "." or ".." || text.StartsWith('/')
            || text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal)
            ? TrimEnd(Path.GetFullPath(text))
            : null;
    }

    protected override StoreLocation? TryReadLocation(string text) => FullPath(text) is { } path ? new(this, "", path) : null;

    private static string TrimEnd(string path) => path.Length > 1 ? path.TrimEnd('/') : path;
}
