using System.Diagnostics;
using System.Globalization;

namespace Archiver.Dummy;

/// <summary>A child of the dummy's own, which outlives it and keeps its standard output and error open.</summary>
internal static class Grandchild
{
    private const string LongerThanAnyTest = "600";

    public static void LeaveBehind(string? folder, string aipId)
    {
        var child = Process.Start(new ProcessStartInfo("sleep", [LongerThanAnyTest]) { UseShellExecute = false })!;
        if (folder is not null)
            File.WriteAllText(Path.Combine(folder, $"{aipId}.grandchild"), child.Id.ToString(CultureInfo.InvariantCulture));
    }
}
