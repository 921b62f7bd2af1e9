using System.Text.Json;

namespace Archiver.EndToEnd.Support.Programs;

/// <summary>A line of a program's log, which is compact JSON.</summary>
public sealed record LogEvent(string Line, JsonElement Json)
{
    public string Template => Text("@mt") ?? "";

    /// <summary>Null for information.</summary>
    public string? Level => Text("@l");

    public string? AipId => Text("AipId");

    public string? MessageId => Text("MessageId");

    public DateTimeOffset Time => Json.GetProperty("@t").GetDateTimeOffset();

    public string? Text(string property) => Json.TryGetProperty(property, out var value) ? value.ToString() : null;

    /// <summary>Null when the line is none.</summary>
    public static LogEvent? TryParse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("@t", out _) && root.TryGetProperty("@mt", out _) ? new LogEvent(line, root) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override string ToString() => Line;
}
