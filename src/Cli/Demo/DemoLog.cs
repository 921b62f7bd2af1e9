using System.Text.Json;
using Archiver.Programs.Logging;
using Spectre.Console;

namespace Archiver.Cli.Demo;

/// <summary>Moves the bars by the poller's log lines.</summary>
internal sealed class DemoLog(IReadOnlyDictionary<string, ProgressTask> bars)
{
    public void Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (!root.TryGetProperty(LogProperty.MessageId, out var messageId) || !bars.TryGetValue(messageId.GetString() ?? "", out var bar))
                return;
            var template = root.GetProperty("@mt").GetString() ?? "";
            if (root.TryGetProperty(LogProperty.BytesDone, out var done) && root.TryGetProperty(LogProperty.BytesTotal, out var total))
                bar.Value = total.GetInt64() == 0 ? 1 : (double)done.GetInt64() / total.GetInt64();
            else if (template.StartsWith("Archived as", StringComparison.Ordinal))
                bar.Value = 1;
            else if (template.StartsWith("Rejected", StringComparison.Ordinal))
            {
                bar.Description += " [red](rejected)[/]";
                bar.StopTask();
            }
        }
        catch (JsonException)
        {
            // Not every line of a log is for the bars.
        }
    }
}
