using System.Text.Json;
using System.Text.Json.Serialization;

namespace Archiver.Contract.Messages;

/// <summary>How one request ended. One is sent for every request that ends, archived or rejected.</summary>
public sealed record ArchiveCompletion
{
    /// <summary>What <see cref="Message"/> says on success.</summary>
    public const string SuccessMessage = "Files successfully archived.";

    /// <summary>The request's action.</summary>
    public string Action { get; set; } = ArchiveRequest.ArchiveAction;

    /// <summary>The request's AIP; the queue's message id when it named none.</summary>
    [JsonPropertyName("aipid")]
    public required string AipId { get; init; }

    /// <summary>
    /// The message id that the request's queue gave it, which is what its sender was told; absent in completions of older programs.
    /// </summary>
    [JsonPropertyName("request_id")]
    public string? RequestId { get; init; }

    /// <summary>The request's file names, when it had any.</summary>
    [JsonPropertyName("filenames")]
    public IReadOnlyList<string>? FileNames { get; init; }

    /// <summary>The request's timestamp, unchanged; the time it was sent when it had none.</summary>
    public required string Timestamp { get; init; }

    /// <summary>The request's priority; <c>medium</c> when it had none.</summary>
    public string Priority { get; set; } = RequestPriority.Medium;

    /// <summary>True when the archive is stored.</summary>
    public bool Success { get; init; }

    /// <summary>One line for people.</summary>
    public string Message { get; set; } = "";

    /// <summary>The request's metadata; an empty object when it had none.</summary>
    public JsonElement Metadata { get; init; }

    /// <summary>Values for a mail template, on success: <c>archiver_URL</c> is where to get the archive.</summary>
    public IReadOnlyDictionary<string, string>? Substitutions { get; init; }

    /// <summary>The archive, on success.</summary>
    public ArchiveDescription? Archive { get; init; }

    /// <summary>Sources that were left out because they do not exist, by setting.</summary>
    public IReadOnlyList<string>? Skipped { get; init; }

    /// <summary>How many they are, when <see cref="Skipped"/> does not name them all.</summary>
    [JsonPropertyName("skipped_count")]
    public int? SkippedCount { get; init; }

    /// <summary>Why there is no archive, on failure.</summary>
    public FailureDescription? Error { get; init; }

    /// <summary>
    /// What was left out or cut because the message would have been too large for the queue: names of properties, or words for several.
    /// </summary>
    public IReadOnlyList<string>? Truncated { get; init; }

    /// <summary>The request's properties that this program does not know.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>Which request it is of, and how that ended.</summary>
    public override string ToString() =>
        $"{nameof(ArchiveCompletion)} {{ AipId = {AipId}, RequestId = {RequestId}, Success = {Success}, Message = {Message} }}";
}
