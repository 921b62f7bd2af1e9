using System.Text.Json;
using Archiver.Contract.Messages;

namespace Archiver.Poller.Requests;

/// <summary>
/// What a completion tells back of its request; read leniently, because the senders of invalid requests want to know which one it was.
/// </summary>
internal sealed record RequestEcho
{
    // A request must not forge what its completion says, whatever its reader takes for the same name.
    private static readonly HashSet<string> Known = new(
        [
            "action", "aipid", "files", "filenames", "filesFrom", "metadata", "priority", "timestamp",
            "success", "message", "substitutions", "archive", "skipped", "skipped_count", "error", "truncated", "request_id",
        ], LooseNames.Instance);

    public string? Action { get; private init; }

    public string? AipId { get; private init; }

    public IReadOnlyList<string>? FileNames { get; private init; }

    public string? Priority { get; private init; }

    public string? Timestamp { get; private init; }

    public JsonElement? Metadata { get; private init; }

    public IDictionary<string, JsonElement>? Unknown { get; private init; }

    public static RequestEcho Of(JsonElement? body)
    {
        try
        {
            return body is { ValueKind: JsonValueKind.Object } request ? From(request) : new RequestEcho();
        }
        catch (InvalidOperationException)
        {
            // A name or text has half a character: nothing of it can be repeated.
            return new RequestEcho();
        }
    }

    private static RequestEcho From(JsonElement request)
    {
        // Of names that some readers take for one, the first stands.
        var unknown = new Dictionary<string, JsonElement>(LooseNames.Instance);
        foreach (var property in request.EnumerateObject()
            .Where(static property => !Known.Contains(property.Name) && CanBeWritten(property.Value)))
            unknown.TryAdd(property.Name, property.Value.Clone());
        return new RequestEcho
        {
            Action = Text(request, "action"),
            AipId = Text(request, "aipid"),
            FileNames = Texts(request, "filenames"),
            Priority = Text(request, "priority") is { } priority && RequestPriority.All.Contains(priority) ? priority : null,
            Timestamp = Text(request, "timestamp"),
            Metadata = request.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
                && CanBeWritten(metadata)
                ? metadata.Clone()
                : null,
            Unknown = unknown.Count > 0 ? unknown : null,
        };
    }

    // An escape may stand for half a character: JSON allows it, but no text can hold it.
    private static bool CanBeWritten(JsonElement value)
    {
        if (!value.GetRawText().Contains("\\u", StringComparison.Ordinal))
            return true;
        try
        {
            using var writer = new Utf8JsonWriter(Stream.Null);
            value.WriteTo(writer);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string>? Texts(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
        && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(static item => item.GetString()!)]
            : null;
}
