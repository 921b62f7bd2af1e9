using System.Text.Json.Serialization;

namespace Archiver.Contract.Messages;

/// <summary>A stored archive, as described in completions.</summary>
public sealed record ArchiveDescription
{
    /// <summary>Where it is stored: an <c>s3:</c> or <c>file:</c> URI.</summary>
    public required string Uri { get; init; }

    /// <summary>The link for people: the base URL and the key, or the URI if no base URL is set.</summary>
    public required string Url { get; init; }

    /// <summary>Its size in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Its number of entries.</summary>
    public long Files { get; init; }

    /// <summary>
    /// CRC-32 of the whole archive, eight hexadecimal digits; absent if a compressed archive was reused that has none on record.
    /// </summary>
    public string? Crc { get; init; }

    /// <summary>How long the processor worked on it, in milliseconds.</summary>
    [JsonPropertyName("duration_ms")]
    public long DurationMs { get; init; }

    /// <summary>True if an archive of the same request and the same sources existed already and was reused.</summary>
    public bool Reused { get; init; }
}
