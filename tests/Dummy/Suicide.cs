using System.Diagnostics;
using System.Globalization;

namespace Archiver.Dummy;

/// <summary>Death by a signal, as the kernel's out-of-memory killer brings it.</summary>
internal static class Suicide
{
    public static void BySignal(int signal)
    {
        using var kill = Process.Start("kill", [$"-{signal.ToString(CultureInfo.InvariantCulture)}", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        Thread.Sleep(Timeout.Infinite);
    }
}
