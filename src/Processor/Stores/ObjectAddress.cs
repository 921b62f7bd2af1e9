using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores;

/// <summary>Where an object is.</summary>
/// <param name="Scheme">The kind of store.</param>
/// <param name="Bucket">The bucket; empty for a file.</param>
/// <param name="Key">The key, or the file's full path.</param>
public readonly record struct ObjectAddress(StoreScheme Scheme, string Bucket, string Key)
{
    /// <summary>The address as a URI.</summary>
    public override string ToString() => Scheme.UriOf(Bucket, Key);
}
