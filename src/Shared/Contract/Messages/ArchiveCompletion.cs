using System.Text.Json;
using System.Text.Json.Serialization;

namespace Archiver.Contract.Messages;

/// <summary>How a request ended. One is sent for every request, whether it was archived or rejected.</summary>
public sealed record ArchiveCompletion
{
    /// <summary>The <see cref="Message"/> on success.</summary>
    public const string SuccessMessage = "Files successfully archived.";

    /// <summary>The request's action.</summary>
    public string Action { get; set; } = ArchiveRequest.ArchiveAction;

    /// <summary>The request's AIP; the queue's message ID if it named none.</summary>
    [JsonPropertyName("aipid")]
    public required string AipId { get; init; }

    /// <summary>
    /// The request's message ID, as returned to its sender; absent in completions from older versions.
    /// </summary>
    [JsonPropertyName("request_id")]
    public string? RequestId { get; init; }

    /// <summary>The request's file names, if it had any.</summary>
    [JsonPropertyName("filenames")]
    public IReadOnlyList<string>? FileNames { get; init; }

    /// <summary>The request's timestamp, unchanged; the time it was sent if it had none.</summary>
    public required string Timestamp { get; init; }

    /// <summary>The request's priority; <c>medium</c> if it had none.</summary>
    public string Priority { get; set; } = RequestPriority.Medium;

    /// <summary>True if the archive is stored.</summary>
    public bool Success { get; init; }

    /// <summary>One line for people.</summary>
    public string Message { get; set; } = "";

    /// <summary>The request's metadata; an empty object if it had none.</summary>
    public JsonElement Metadata { get; init; }

    /// <summary>Values for a mail template, on success: <c>archiver_URL</c> is the link to the archive.</summary>
    public IReadOnlyDictionary<string, string>? Substitutions { get; init; }

    /// <summary>The archive, on success.</summary>
    public ArchiveDescription? Archive { get; init; }

    /// <summary>Sources that were skipped because they do not exist, if the archiver is configured to skip them.</summary>
    public IReadOnlyList<string>? Skipped { get; init; }

    /// <summary>How many sources were skipped, if <see cref="Skipped"/> does not name them all.</summary>
    [JsonPropertyName("skipped_count")]
    public int? SkippedCount { get; init; }

    /// <summary>Why there is no archive, on failure.</summary>
    public FailureDescription? Error { get; init; }

    /// <summary>
    /// What was left out or cut because the message would have been too large for the queue: property names, or a description of several.
    /// </summary>
    public IReadOnlyList<string>? Truncated { get; init; }

    /// <summary>Unknown properties of the request.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>Which request it belongs to, and how that ended.</summary>
    public override string ToString() =>
        $"{nameof(ArchiveCompletion)} {{ AipId = {AipId}, RequestId = {RequestId}, Success = {Success}, Message = {Message} }}";
}
