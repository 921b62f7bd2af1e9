using System.Globalization;
using System.Text;

namespace Archiver.Poller.Jobs;

/// <summary>A process as /proc shows it. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html</summary>
internal readonly record struct ProcessEntry(int Id, int Parent, int Group, int Session)
{
    /// <summary>Every process that has not ended; empty where there is no /proc.</summary>
    public static IReadOnlyList<ProcessEntry> All()
    {
        try
        {
            return [.. Directory.EnumerateDirectories("/proc")
                .Where(static folder => char.IsAsciiDigit(folder["/proc/".Length]))
                .Select(static folder => TryParse(Encoding.Latin1.GetString(Read($"{folder}/stat"))))
                .OfType<ProcessEntry>()];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Whether a process began with this variable in its environment, by its own doing or its parent's.</summary>
    public static bool HasVariable(int processId, string variable) =>
        Read($"/proc/{processId}/environ").AsSpan().IndexOf(Encoding.UTF8.GetBytes(variable)) >= 0;

    /// <returns>Null of what has ended, or is none.</returns>
    public static ProcessEntry? TryParse(string stat)
    {
        // The second field is a name in parentheses, which may hold any character.
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 3 && fields[0] is not ("Z" or "X")
            ? new(Number(stat[..stat.IndexOf(' ', StringComparison.Ordinal)]), Number(fields[1]), Number(fields[2]), Number(fields[3]))
            : null;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // Processes end while one looks.
    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
