using System.Text.Json.Serialization;

namespace Archiver.Contract.Messages;

/// <summary>A stored archive, as completions tell of it.</summary>
public sealed record ArchiveDescription
{
    /// <summary>Where it is stored: an <c>s3:</c> or <c>file:</c> URI.</summary>
    public required string Uri { get; init; }

    /// <summary>Where people can get it: the base URL and the key; the URI when no base URL is set.</summary>
    public required string Url { get; init; }

    /// <summary>Its size in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>How many entries it has.</summary>
    public long Files { get; init; }

    /// <summary>
    /// CRC-32 of the whole archive, eight hexadecimal digits; absent when one of compressed entries was found in place and has none on
    /// record.
    /// </summary>
    public string? Crc { get; init; }

    /// <summary>How long the processor worked on it, in milliseconds.</summary>
    [JsonPropertyName("duration_ms")]
    public long DurationMs { get; init; }

    /// <summary>True when the same request over the same sources had been archived before and that archive still stood.</summary>
    public bool Reused { get; init; }
}
