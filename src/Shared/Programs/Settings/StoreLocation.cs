namespace Archiver.Programs.Settings;

/// <summary>Where objects are stored: a bucket, with or without a prefix, or a folder.</summary>
/// <param name="Scheme">The kind of store.</param>
/// <param name="Bucket">The bucket; empty for a folder.</param>
/// <param name="Path">The prefix in the bucket, without leading or trailing slashes, or the folder's full path.</param>
public sealed record StoreLocation(StoreScheme Scheme, string Bucket, string Path)
{
    /// <summary>Any bucket, in a list of locations that may be read.</summary>
    public static StoreLocation EveryBucket { get; } = new(StoreScheme.S3, "*", "");

    /// <summary>
    /// Parses a bare bucket name, <c>s3://bucket/prefix</c>, a <c>file:</c> URI, or a path that starts with <c>/</c>, <c>./</c> or
    /// <c>../</c>.
    /// </summary>
    /// <returns>Null for any other text.</returns>
    public static StoreLocation? TryParse(string text) => StoreScheme.ReadLocation(text);

    /// <summary>
    /// The full path of a <c>file:</c> URI or of a path that starts with <c>/</c>, <c>./</c> or <c>../</c>; null for any other text.
    /// </summary>
    public static string? FolderPath(string text) => FileScheme.FullPath(text);

    /// <summary>Whether an object is in this location.</summary>
    public bool Holds(StoreScheme scheme, string bucket, string key) =>
        scheme == Scheme && (this == EveryBucket || (bucket == Bucket
        && (Path.Length == 0 || key == Path || key.StartsWith(Path.TrimEnd('/') + "/", StringComparison.Ordinal))));

    /// <summary>The location as a URI: <c>s3://bucket/prefix</c> or <c>file:///path</c>.</summary>
    public override string ToString() => Scheme.UriOf(Bucket, Path.Length == 0 ? null : Path);
}
