using System.Text.Json.Serialization;

namespace Archiver.Contract.Messages;

/// <summary>The JSON object that a processor writes to standard output, whatever its exit code.</summary>
internal sealed record ProcessorResult
{
    /// <summary>The <c>--aipid</c> that the processor was started with.</summary>
    [JsonPropertyName("aipid")]
    public string? AipId { get; init; }

    /// <summary>True if the archive is stored.</summary>
    public bool Success { get; init; }

    /// <summary>True in the answer to <c>--check</c>, so that a program that does not support the option can be recognised.</summary>
    public bool? Checked { get; init; }

    /// <summary>One line for people.</summary>
    public string Message { get; set; } = "";

    /// <summary>The archive, on success.</summary>
    public ArchiveDescription? Archive { get; init; }

    /// <summary>Sources that were skipped because they do not exist and the setting <c>Archive:OnMissing</c> is <c>skip</c>.</summary>
    public IReadOnlyList<string>? Skipped { get; init; }

    /// <summary>How many sources were skipped, if <see cref="Skipped"/> does not name them all.</summary>
    [JsonPropertyName("skipped_count")]
    public int? SkippedCount { get; init; }

    /// <summary>Why there is no archive, on failure.</summary>
    public FailureDescription? Error { get; init; }
}
