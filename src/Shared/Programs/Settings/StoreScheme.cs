namespace Archiver.Programs.Settings;

/// <summary>A kind of store: how settings and requests write what is in it, and what they may.</summary>
public abstract class StoreScheme
{
    // Those that know their texts by a mark stand before those that also take others.
    private static readonly StoreScheme[] All = [new FileScheme(), new S3Scheme()];

    /// <summary>Files and folders.</summary>
    public static StoreScheme File => All[0];

    /// <summary>S3 and what speaks its protocol.</summary>
    public static StoreScheme S3 => All[1];

    /// <summary>What its URIs begin with.</summary>
    public abstract string Mark { get; }

    /// <summary>How an object is written, for those who got it wrong.</summary>
    public abstract string ObjectForm { get; }

    /// <summary>Whether whatever is asked of the store is a request that takes a round trip, and may be billed.</summary>
    public abstract bool IsRemote { get; }

    /// <summary>The scheme of a URI; null for other texts.</summary>
    public static StoreScheme? Of(string text) => All.FirstOrDefault(scheme => text.StartsWith(scheme.Mark, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads a location as settings write it.</summary>
    /// <returns>Null when it is none.</returns>
    internal static StoreLocation? ReadLocation(string text) => All.Select(scheme => scheme.TryReadLocation(text)).FirstOrDefault(static location => location is not null);

    /// <summary>Reads the URI of an object.</summary>
    /// <returns>Null when it is none.</returns>
    public abstract (string Bucket, string Key)? TryReadObject(string uri);

    /// <summary>The URI of an object.</summary>
    /// <param name="bucket">Its bucket; empty where the scheme has none.</param>
    /// <param name="key">Its key; null: the bucket's URI.</param>
    public abstract string UriOf(string bucket, string? key);

    /// <summary>Whether requests may name such a bucket without the operator having named it.</summary>
    public abstract bool IsBucketName(string bucket);

    /// <summary>Whether a key stays below the location to whose path it is added.</summary>
    public abstract bool StaysBelow(string key);

    /// <summary>What is listed to find all that is in a folder.</summary>
    public abstract string PrefixOf(string folder);

    /// <summary>Reads a location in this scheme.</summary>
    protected abstract StoreLocation? TryReadLocation(string text);
}
