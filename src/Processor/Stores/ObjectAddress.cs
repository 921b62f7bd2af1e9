using Archiver.Contract.Settings;

namespace Archiver.Processor.Stores;

/// <summary>One object: a key in an S3 bucket, or a file by its full path.</summary>
/// <param name="Bucket">The bucket; null for a file.</param>
/// <param name="Key">The key, or the file's full path.</param>
public readonly record struct ObjectAddress(string? Bucket, string Key)
{
    /// <summary>The address as a URI.</summary>
    public override string ToString() => Bucket is null ? StoreLocation.FileUri(Key) : $"s3://{Bucket}/{Key}";
}
