using System.Text.Json.Serialization;

namespace Archiver.Contract.Messages;

/// <summary>The one JSON object that a processor writes on its standard output, whatever its exit code.</summary>
internal sealed record ProcessorResult
{
    /// <summary>The identifier that the processor was started with.</summary>
    [JsonPropertyName("aipid")]
    public string? AipId { get; init; }

    /// <summary>True when the archive is stored.</summary>
    public bool Success { get; init; }

    /// <summary>True in the answer to <c>--check</c>, by which it is told from that of a program that does not know the option.</summary>
    public bool? Checked { get; init; }

    /// <summary>One line for people.</summary>
    public string Message { get; set; } = "";

    /// <summary>The archive, on success.</summary>
    public ArchiveDescription? Archive { get; init; }

    /// <summary>Sources that were left out because they do not exist and the setting <c>Archive:OnMissing</c> is <c>skip</c>.</summary>
    public IReadOnlyList<string>? Skipped { get; init; }

    /// <summary>How many they are, when <see cref="Skipped"/> does not name them all.</summary>
    [JsonPropertyName("skipped_count")]
    public int? SkippedCount { get; init; }

    /// <summary>Why there is no archive, on failure.</summary>
    public FailureDescription? Error { get; init; }
}
