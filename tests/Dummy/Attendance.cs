using System.Diagnostics;
using System.Globalization;

namespace Archiver.Dummy;

/// <summary>Writes down in a folder when a run began and when it ended: <c>AIP.RUN.PID.began</c> and <c>.ended</c>, with the machine's clock in them.</summary>
internal sealed class Attendance : IDisposable
{
    private readonly string? _name;

    public Attendance(string? folder, string aipId)
    {
        if (folder is null)
            return;
        Run = Directory.GetFiles(folder, $"{aipId}.*.began").Length;
        _name = Path.Combine(folder, $"{aipId}.{Run}.{Environment.ProcessId}");
        Write("began");
    }

    /// <summary>0 for the first of this AIP.</summary>
    public int Run { get; }

    public void End() => Write("ended");

    public void Dispose() => End();

    private void Write(string what)
    {
        if (_name is null)
            return;
        // Whoever looks must never find half a file.
        File.WriteAllText($"{_name}.tmp", Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));
        File.Move($"{_name}.tmp", $"{_name}.{what}", overwrite: true);
    }
}
