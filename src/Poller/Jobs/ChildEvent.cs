using System.Diagnostics;
using System.Text.Json;
using Archiver.Programs.Logging;
using Serilog.Events;
using Serilog.Parsing;

namespace Archiver.Poller.Jobs;

/// <summary>A log line in compact JSON. https://github.com/serilog/serilog-formatting-compact describes the form.</summary>
/// <param name="Event">As the poller logs it.</param>
/// <param name="Progress">The progress counters in it; null if there are none.</param>
internal sealed record ChildEvent(LogEvent Event, string? Progress)
{
    /// <summary>Characters of a line; what is beyond is cut.</summary>
    public const int LongestLine = 1 << 15;

    private static readonly MessageTemplateParser Templates = new();

    /// <returns>Null when it is something else.</returns>
    public static ChildEvent? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (!root.TryGetProperty("@t", out var time) || !root.TryGetProperty("@mt", out var template))
                return null;
            var progress = ProgressOf(root);
            var level = root.TryGetProperty("@l", out var name) && Enum.TryParse<LogEventLevel>(name.GetString(), out var parsed)
                ? parsed
                : LogEventLevel.Information;
            var left = LongestLine;
            var message = Safe(template.GetString() ?? "", ref left);
            var properties = new List<LogEventProperty>();
            foreach (var property in root.EnumerateObject().Where(static property => !property.Name.StartsWith('@')))
                properties.Add(new LogEventProperty(Safe(property.Name, ref left), Value(property.Value, ref left)));
            if (root.TryGetProperty("@x", out var exception))
                properties.Add(new LogEventProperty("ProcessorException", new ScalarValue(Lines(exception.ToString(), ref left))));
            // One line a second for each archive says too much for a log that people read.
            return new(
                new LogEvent(time.GetDateTimeOffset(), progress is null ? level : LogEventLevel.Debug, null,
                    Templates.Parse(message), properties,
                    root.TryGetProperty("@tr", out var trace) ? ActivityTraceId.CreateFromString(trace.GetString()) : default,
                    root.TryGetProperty("@sp", out var span) ? ActivitySpanId.CreateFromString(span.GetString()) : default),
                progress);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static string? ProgressOf(JsonElement root)
    {
        var numbers = string.Join(' ',
            LogProperty.OfProgress.Select(name => root.TryGetProperty(name, out var value) ? value.ToString() : ""));
        return string.IsNullOrWhiteSpace(numbers) ? null : numbers;
    }

    private static ScalarValue Value(JsonElement value, ref int left) => new(value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => Safe(value.ToString(), ref left),
    });

    // Escaping makes texts longer: all of them together are held to the length of one line.
    private static string Safe(string text, ref int left)
    {
        var safe = ForeignText.Safe(text, left);
        left -= safe.Length;
        return safe;
    }

    private static string Lines(string text, ref int left)
    {
        var lines = new List<string>();
        foreach (var line in text.Split('\n'))
            lines.Add(Safe(line.TrimEnd('\r'), ref left));
        return string.Join('\n', lines);
    }
}
