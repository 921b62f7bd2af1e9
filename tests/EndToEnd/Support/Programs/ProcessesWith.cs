using System.Globalization;
using System.Text;

namespace Archiver.EndToEnd.Support.Programs;

/// <summary>Processes of this machine that have a text in their command line and are alive.</summary>
public static class ProcessesWith
{
    public static IReadOnlyList<int> CommandLine(string text) =>
        [.. Directory.GetDirectories("/proc").Select(static folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && Read(id, "cmdline").Contains(text, StringComparison.Ordinal))];

    public static string Read(int processId, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{processId}/{file}"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
