namespace Archiver.Processor.Stores;

/// <summary>An object as it was when the archive was planned. Whatever is read from it later must match.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">The store's identifier of this version of the content, without quotes.</param>
/// <param name="ModifiedUnixSeconds">Last modification, whole seconds since 1970 in UTC.</param>
/// <param name="ContentType">Its media type; empty if the store knows none, null if it was not asked.</param>
public readonly record struct SourceObject(
    ObjectAddress Address, long Size, string ETag, long ModifiedUnixSeconds, string? ContentType = null)
{
    /// <summary>What else the store has on record; null if it was not asked, or has nothing.</summary>
    public SourceRecord? Record { get; init; }
}

/// <summary>What a store has on record for an object besides its ETag.</summary>
/// <param name="VersionId">Its version, in a bucket with versioning.</param>
/// <param name="Crc">The CRC-32 of the whole content.</param>
public sealed record SourceRecord(string? VersionId, uint? Crc);
