using System.Diagnostics;

namespace Archiver.Dummy;

/// <summary>Waits for a time, and then for a file to be there.</summary>
internal static class Patience
{
    // No test is that long: whatever happens to it, nothing stays behind.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static void Wait(int milliseconds, string? file)
    {
        Thread.Sleep(milliseconds);
        for (var clock = Stopwatch.StartNew(); file is not null && !File.Exists(file) && clock.Elapsed < Limit;)
            Thread.Sleep(20);
    }
}
