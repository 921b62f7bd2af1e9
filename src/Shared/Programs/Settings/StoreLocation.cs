namespace Archiver.Contract.Settings;

/// <summary>Where objects are: an S3 bucket with a prefix, or a folder.</summary>
/// <param name="Bucket">The bucket; null for a folder.</param>
/// <param name="Path">The prefix in the bucket, without slashes at its ends, or the folder's full path.</param>
public sealed record StoreLocation(string? Bucket, string Path)
{
    /// <summary>Whatever bucket there is, where locations that may be read are listed.</summary>
    public static StoreLocation EveryBucket { get; } = new("*", "");

    /// <summary>Whether this is S3.</summary>
    public bool IsS3 => Bucket is not null;

    /// <summary>Reads a bare bucket name, <c>s3://bucket/prefix</c>, a <c>file:</c> URI, or a path that begins with <c>/</c>, <c>./</c> or <c>../</c>.</summary>
    /// <returns>Null when it is none of these.</returns>
    public static StoreLocation? TryParse(string text)
    {
        if (text.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
        {
            var rest = text[5..];
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            var bucket = slash < 0 ? rest : rest[..slash];
            return IsName(bucket) ? new(bucket, slash < 0 ? "" : rest[(slash + 1)..].Trim('/')) : null;
        }
        if (FolderPath(text) is { } path)
            return new(null, path);
        return IsName(text) && !text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? new(text, "") : null;
    }

    /// <summary>The full path that a <c>file:</c> URI or a path that begins with <c>/</c>, <c>./</c> or <c>../</c> means; null for other texts.</summary>
    public static string? FolderPath(string text)
    {
        if (Uri.UnescapeDataString(text).Contains('\0', StringComparison.Ordinal))
            return null;
        if (text.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            var path = text["file:".Length..];
            if (path.StartsWith("//", StringComparison.Ordinal))
                path = path.IndexOf('/', 2) is var slash and >= 2 && path[2..slash] is "" or "localhost" ? path[slash..] : "";
            return path.Length == 0 ? null : TrimEnd(System.IO.Path.GetFullPath(Uri.UnescapeDataString(path)));
        }
        return text is "." or ".." || text.StartsWith('/') || text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal)
            ? TrimEnd(System.IO.Path.GetFullPath(text))
            : null;
    }

    /// <summary>The location as a URI: <c>s3://bucket/prefix</c> or <c>file:///path</c>.</summary>
    public override string ToString() => IsS3 ? Path.Length == 0 ? $"s3://{Bucket}" : $"s3://{Bucket}/{Path}" : FileUri(Path);

    /// <summary>A full path as a <c>file:</c> URI.</summary>
    public static string FileUri(string path) => "file://" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>
    /// Whether this can be the name of a bucket: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, and capitals and underscores as
    /// old buckets and other servers have them.
    /// </summary>
    public static bool IsBucketName(string text) => IsName(text) && !text.Contains(':', StringComparison.Ordinal);

    // Operators may name an access point, or a bucket of a tenant, by what it is called instead: both have colons.
    private static bool IsName(string text) =>
        text.Length is >= 3 and <= 255 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':')
        && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1]) && !text.Contains("..", StringComparison.Ordinal);

    private static string TrimEnd(string path) => path.Length > 1 ? path.TrimEnd('/') : path;
}
