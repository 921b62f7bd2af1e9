using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Contract.Messages;
using Archiver.Queues;

namespace Archiver.Cli;

/// <summary>A message's body as people read it.</summary>
internal static class ReadableBody
{
    /// <summary>
    /// The body as JSON; as a JSON string where it is not JSON, or escapes half of a character, which nobody can write again.
    /// </summary>
    public static JsonNode? Parse(string body)
    {
        try
        {
            var node = JsonNode.Parse(body);
            _ = node?.ToJsonString();
            return node;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return JsonValue.Create(body);
        }
    }

    /// <summary>A completion by its parts; anything else as it is, with its attributes.</summary>
    public static IEnumerable<(string Name, string Text)> Lines(ReceivedMessage message)
    {
        if (Completion(message.Body) is not { } completion)
            return [("Body", message.Body), .. message.Attributes.Select(static a => (a.Key, a.Value.StringValue ?? "(binary)"))];
        return
        [
            ("AIP", completion.AipId),
            ("Success", completion.Success ? "yes" : "no"),
            ("Says", completion.Message),
            .. completion.Archive is { } archive
                ? new[] { ("Archive", archive.Url), ("Size", $"{archive.Bytes} bytes, {archive.Files} files{(archive.Reused ? ", was there already" : "")}") }
                : [],
            .. completion.Skipped is { Count: > 0 } skipped ? new[] { ("Skipped", string.Join(", ", skipped) + (completion.SkippedCount is { } all ? $", ... ({all} in all)" : "")) } : [],
        ];
    }

    /// <summary>The completion that the body is; null when it is something else.</summary>
    public static ArchiveCompletion? Completion(string body)
    {
        try
        {
            var completion = JsonSerializer.Deserialize(body, ContractJson.Strict.ArchiveCompletion);
            return completion?.Archive is not null || completion?.Error is not null ? completion : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
