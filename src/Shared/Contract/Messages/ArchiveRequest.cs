using System.Text.Json;
using System.Text.Json.Serialization;

namespace Archiver.Contract.Messages;

/// <summary>
/// A request for one archive. It names its files in <see cref="Files"/>, in <see cref="FileNames"/> (below its AIP), or in a list at
/// <see cref="FilesFrom"/>. With none of these it means the whole AIP.
/// </summary>
public sealed record ArchiveRequest
{
    /// <summary>The only action there is.</summary>
    public const string ArchiveAction = "archive";

    /// <summary>What to do: <c>archive</c>.</summary>
    public string? Action { get; set; } = ArchiveAction;

    /// <summary>
    /// Identifier of the Archival Information Package (OAIS); optional with <see cref="Files"/> or <see cref="FilesFrom"/>.
    /// </summary>
    [JsonPropertyName("aipid")]
    public string? AipId { get; init; }

    /// <summary>Files from anywhere, each with its place in the archive.</summary>
    public IReadOnlyList<RequestedFile>? Files { get; init; }

    /// <summary>File names below the AIP.</summary>
    [JsonPropertyName("filenames")]
    public IReadOnlyList<string>? FileNames { get; init; }

    /// <summary>Location of a JSON Lines file of <see cref="RequestedFile"/> objects, for requests larger than a message can be.</summary>
    public string? FilesFrom { get; init; }

    /// <summary>Any object; echoed back in the completion.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary><c>low</c>, <c>medium</c> or <c>high</c>; echoed back.</summary>
    public string? Priority { get; init; }

    /// <summary>When the request was made, in ISO 8601; UTC if it has no offset.</summary>
    public string? Timestamp { get; init; }

    /// <summary>Unknown properties; echoed back.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>What it asks for, without its files.</summary>
    public override string ToString() =>
        $"{nameof(ArchiveRequest)} {{ Action = {Action}, AipId = {AipId}, FilesFrom = {FilesFrom}, "
        + $"Priority = {Priority}, Timestamp = {Timestamp} }}";
}
