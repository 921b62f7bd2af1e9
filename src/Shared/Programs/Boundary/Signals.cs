using System.Runtime.InteropServices;

namespace Archiver.Programs.Boundary;

/// <summary>Sends signals to a process or, with a negative number, to a process group; .NET itself can only kill.</summary>
public static partial class Signals
{
    private const int Sigint = 2;
    private const int Sigkill = 9;
    private const int Sigterm = 15;
    private const int Sigstop = 19;

    /// <summary>Asks a process to end (SIGTERM).</summary>
    /// <returns>False if the process no longer exists.</returns>
    public static bool Terminate(int processId) => Send(processId, Sigterm) == 0;

    /// <summary>Asks a process to end, as Ctrl-C does (SIGINT).</summary>
    public static bool Interrupt(int processId) => Send(processId, Sigint) == 0;

    /// <summary>Ends a process at once (SIGKILL).</summary>
    public static bool Kill(int processId) => Send(processId, Sigkill) == 0;

    /// <summary>Suspends a process (SIGSTOP), which it cannot prevent.</summary>
    public static bool Halt(int processId) => Send(processId, Sigstop) == 0;

    /// <summary>
    /// Makes this process the leader of its own process group, so that Ctrl-C in the terminal does not reach it. Does nothing if it leads
    /// a group already.
    /// </summary>
    public static void LeaveGroup() => _ = SetGroup(0, 0);

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetGroup(int processId, int group);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int processId, int signal);
}
