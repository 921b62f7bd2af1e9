namespace Archiver.Programs.Settings;

/// <summary>A kind of store: how settings and requests name what is in it, and what they may name.</summary>
public abstract class StoreScheme
{
    // Order matters: S3 also accepts bare names, so it comes last.
    private static readonly StoreScheme[] All = [new FileScheme(), new S3Scheme()];

    public static StoreScheme File => All[0];

    /// <summary>S3 and compatible servers.</summary>
    public static StoreScheme S3 => All[1];

    /// <summary>What its URIs start with.</summary>
    public abstract string Mark { get; }

    /// <summary>The form of an object's URI, for error messages.</summary>
    public abstract string ObjectForm { get; }

    /// <summary>Whether every call to the store is a round trip that may be billed.</summary>
    public abstract bool IsRemote { get; }

    /// <summary>The scheme of a URI; null for any other text.</summary>
    public static StoreScheme? Of(string text) =>
        All.FirstOrDefault(scheme => text.StartsWith(scheme.Mark, StringComparison.OrdinalIgnoreCase));

    /// <summary>Parses a location as written in settings.</summary>
    /// <returns>Null if it is not one.</returns>
    internal static StoreLocation? ReadLocation(string text) =>
        All.Select(scheme => scheme.TryReadLocation(text)).FirstOrDefault(static location => location is not null);

    /// <summary>Parses the URI of an object.</summary>
    /// <returns>Null if it is not one.</returns>
    public abstract (string Bucket, string Key)? TryReadObject(string uri);

    /// <summary>The URI of an object or a bucket.</summary>
    /// <param name="bucket">The bucket; empty if the scheme has none.</param>
    /// <param name="key">The key; null for the bucket's URI.</param>
    public abstract string UriOf(string bucket, string? key);

    /// <summary>Whether requests may name a bucket like this without the operator having named it.</summary>
    public abstract bool IsBucketName(string bucket);

    /// <summary>Whether a key stays below the location when appended to its path.</summary>
    public abstract bool StaysBelow(string key);

    /// <summary>The prefix to list in order to find everything in a folder.</summary>
    public abstract string PrefixOf(string folder);

    /// <summary>Parses a location of this scheme; null if it is not one.</summary>
    protected abstract StoreLocation? TryReadLocation(string text);
}
