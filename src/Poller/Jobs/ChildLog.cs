using System.Text;
using Serilog;

namespace Archiver.Poller.Jobs;

/// <summary>
/// Brings a child's log lines into the poller's log, within an allowance. Compact JSON keeps its template, level and properties; whatever
/// else a child says on standard error becomes a line of its own. Long lines are cut.
/// </summary>
internal sealed class ChildLog(ILogger log, OutputEnd end, Action onProgress, TimeProvider time)
{
    private readonly LogAllowance _allowance = new(time);
    private string _progress = "";

    public async Task ReadAsync(Stream source)
    {
        var line = new MemoryStream();
        var buffer = new byte[1 << 14];
        while (await end.ReadAsync(source, buffer).ConfigureAwait(false) is var read and > 0)
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
        TellDropped();
    }

    private static void Keep(MemoryStream line, ReadOnlySpan<byte> bytes) =>
        line.Write(bytes[..Math.Min(bytes.Length, ChildEvent.LongestLine - (int)line.Length)]);

    private void Write(MemoryStream line)
    {
        var text = Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\r');
        line.SetLength(0);
        if (text.Length == 0)
            return;
        var said = text[0] == '{' ? ChildEvent.TryParse(text) : null;
        if (said?.Progress is { } numbers)
            TellProgress(numbers);
        // Programs that tell no progress show by any line that they live.
        else if (_progress.Length == 0)
            onProgress();
        if ((said is not null && !log.IsEnabled(said.Event.Level)) || !_allowance.Take(text.Length))
            return;
        TellDropped();
        if (said is not null)
            log.Write(said.Event);
        else
            log.Warning("The processor says: {Line}", ForeignText.Safe(text, ChildEvent.LongestLine));
    }

    /// <summary>A progress line with the same numbers as the one before does not count as progress.</summary>
    private void TellProgress(string numbers)
    {
        if (numbers != _progress)
            onProgress();
        _progress = numbers;
    }

    private void TellDropped()
    {
        if (_allowance.TakeDropped() is var dropped and > 0)
            log.Warning("The processor logs too much: left out {Dropped} lines", dropped);
    }
}
