using System.Diagnostics;

namespace Archiver.EndToEnd.Support.Programs;

/// <summary>What a program has written so far.</summary>
public sealed class CapturedLines
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> All
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public string Text => string.Join('\n', All);

    public IReadOnlyList<LogEvent> Events => [.. All.Select(LogEvent.TryParse).OfType<LogEvent>()];

    internal void Add(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
            return;
        lock (_lines)
            _lines.Add(line.Data);
    }
}
