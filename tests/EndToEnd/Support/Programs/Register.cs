using System.Globalization;

namespace Archiver.EndToEnd.Support.Programs;

/// <summary>The folder in which dummies write down when they began and ended, and the gates that they wait at.</summary>
public sealed class Register(string folder)
{
    public string Folder => folder;

    public int Begun => Count("*.began");

    public int Ended => Count("*.ended");

    public bool HasBegun(string aipId) => Count($"{aipId}.*.began") > 0;

    public bool HasEnded(string aipId) => Count($"{aipId}.*.ended") > 0;

    /// <summary>The AIPs in the order in which their runs began.</summary>
    public IEnumerable<string> Order => Directory.GetFiles(folder, "*.began").OrderBy(TimeOf).Select(static file => Path.GetFileName(file).Split('.')[0]);

    /// <summary>A file that a dummy waits for; <see cref="Open"/> lets it through.</summary>
    public string Gate(string name = "open") => Path.Combine(folder, name + ".gate");

    public void Open(string name = "open") => File.WriteAllText(Gate(name), "");

    /// <summary>The most that were at work at once, of all or of those whose AIPs begin so.</summary>
    public int MostAtOnce(string aipIds = "")
    {
        // An end goes before a beginning at the same time: there is no overlap.
        var steps = Times($"{aipIds}*.began").Select(static time => (time, Step: 1)).Concat(Times($"{aipIds}*.ended").Select(static time => (time, Step: -1)))
            .Order().Select(static step => step.Step);
        var (now, most) = (0, 0);
        foreach (var step in steps)
            most = Math.Max(most, now += step);
        return most;
    }

    private int Count(string pattern) => Directory.GetFiles(folder, pattern).Length;

    private IEnumerable<long> Times(string pattern) =>
        Directory.GetFiles(folder, pattern).Select(TimeOf);

    private static long TimeOf(string file) => long.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture);
}
