using System.Runtime.InteropServices;

namespace Archiver.Contract.Boundary;

/// <summary>Signals to child processes; .NET itself only knows how to kill them.</summary>
public static partial class Signals
{
    private const int Sigterm = 15;

    /// <summary>Asks a process to end (SIGTERM).</summary>
    /// <returns>False when there is no such process any more.</returns>
    public static bool Terminate(int processId) => Kill(processId, Sigterm) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
