namespace Archiver.Processor.Stores;

/// <summary>An object as it was when the archive was planned. Everything that is read of it later is held against this.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">The store's word for this version of its content, without quotes.</param>
/// <param name="ModifiedUnixSeconds">Last modification, whole seconds since 1970 in UTC.</param>
/// <param name="ContentType">Its media type; empty where the store knows none, null where it was not asked.</param>
public readonly record struct SourceObject(ObjectAddress Address, long Size, string ETag, long ModifiedUnixSeconds, string? ContentType = null)
{
    /// <summary>What else the store has on record; null where it was not asked, or knows nothing.</summary>
    public SourceRecord? Record { get; init; }
}

/// <summary>What a store has on record of an object beside the version of its content.</summary>
/// <param name="VersionId">Its version, where the bucket keeps versions.</param>
/// <param name="Crc">The CRC-32 of its whole content.</param>
public sealed record SourceRecord(string? VersionId, uint? Crc);
