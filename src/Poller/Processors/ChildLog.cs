using System.Globalization;
using System.Text;
using System.Text.Json;
using Archiver.Contract.Logging;
using CliWrap;
using Serilog;
using Serilog.Events;
using Serilog.Parsing;

namespace Archiver.Poller.Processors;

/// <summary>
/// Brings a child's log lines into the poller's log. Compact JSON keeps its template, level and properties; whatever else a child
/// says on standard error becomes a line of its own. Long lines are cut.
/// </summary>
internal sealed class ChildLog(ILogger log, OutputEnd end, Action onProgress)
{
    private const int LongestLine = 1 << 15;

    private static readonly MessageTemplateParser Templates = new();

    private string _progress = "";

    public PipeTarget Target => PipeTarget.Create(async (source, cancellationToken) =>
    {
        var line = new MemoryStream();
        var buffer = new byte[1 << 14];
        while (await end.ReadAsync(source, buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            var rest = buffer.AsMemory(0, read);
            for (var end = rest.Span.IndexOf((byte)'\n'); end >= 0; end = rest.Span.IndexOf((byte)'\n'))
            {
                Keep(line, rest.Span[..end]);
                Write(line);
                rest = rest[(end + 1)..];
            }
            Keep(line, rest.Span);
        }
        Write(line);
    });

    private static void Keep(MemoryStream line, ReadOnlySpan<byte> bytes) => line.Write(bytes[..Math.Min(bytes.Length, LongestLine - (int)line.Length)]);

    private void Write(MemoryStream line)
    {
        var text = Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\r');
        line.SetLength(0);
        if (text.Length == 0)
            return;
        if (text[0] != '{' || !TryWriteEvent(text))
            log.Warning("The processor says: {Line}", text);
        // Programs that tell no progress show by any line that they live.
        if (_progress.Length == 0)
            onProgress();
    }

    // https://github.com/serilog/serilog-formatting-compact describes the form.
    private bool TryWriteEvent(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (!root.TryGetProperty("@t", out var time) || !root.TryGetProperty("@mt", out var template))
                return false;
            var isProgress = TellProgress(root);
            var level = root.TryGetProperty("@l", out var name) && Enum.TryParse<LogEventLevel>(name.GetString(), out var parsed) ? parsed : LogEventLevel.Information;
            var properties = root.EnumerateObject().Where(static p => !p.Name.StartsWith('@')).Select(static p => new LogEventProperty(p.Name, Value(p.Value))).ToList();
            if (root.TryGetProperty("@x", out var exception))
                properties.Add(new LogEventProperty("ProcessorException", new ScalarValue(exception.ToString())));
            // One line a second for each archive says too much for a log that people read.
            log.Write(new LogEvent(time.GetDateTimeOffset(), isProgress ? LogEventLevel.Debug : level, null, Templates.Parse(template.GetString() ?? ""), properties));
            return true;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A line that repeats the numbers of the one before is no progress, though it is such a line.</summary>
    private bool TellProgress(JsonElement root)
    {
        var numbers = string.Join(' ', LogProperty.OfProgress.Select(name => root.TryGetProperty(name, out var value) ? value.ToString() : ""));
        if (string.IsNullOrWhiteSpace(numbers))
            return false;
        if (numbers != _progress)
            onProgress();
        _progress = numbers;
        return true;
    }

    private static ScalarValue Value(JsonElement value) => new(value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        _ => value.ToString().ToString(CultureInfo.InvariantCulture),
    });
}
