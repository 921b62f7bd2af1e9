using System.Runtime.InteropServices;

namespace Archiver.Poller.Jobs;

/// <summary>
/// Takes in what processors leave behind: a process whose parent has ended becomes a child of the poller, where it can be found and ended
/// with its job, and is reaped when it has ended.
/// </summary>
internal static partial class Orphans
{
    private const int SetChildSubreaper = 36;
    private const int AnyProcess = 0;
    private const int ExitedNowAndLeaveZombie = 1 | 4 | 0x0100_0000;
    private const int Now = 1;

    // The process id's place in siginfo_t, counted in int.
    private const int ProcessIdAt = 4;

    private static PosixSignalRegistration? _childEnded;

    /// <summary>Children that are no orphans; the lock of all this.</summary>
    public static HashSet<int> Known { get; } = [];

    /// <summary>Begins, for as long as the process lives.</summary>
    public static void Adopt()
    {
        _ = ProcessControl(SetChildSubreaper, 1);
        // A handler of any kind also ends the ignoring of SIGCHLD, with which exit codes would be lost.
        if (!OperatingSystem.IsWindows())
            _childEnded ??= PosixSignalRegistration.Create(PosixSignal.SIGCHLD, static _ => Reap());
    }

    /// <summary>Reaps those that have ended.</summary>
    public static void Reap()
    {
        Span<int> information = stackalloc int[32];
        lock (Known)
        {
            while (true)
            {
                information.Clear();
                if (WaitForId(AnyProcess, 0, ref MemoryMarshal.GetReference(information), ExitedNowAndLeaveZombie) != 0)
                    return;
                var processId = information[ProcessIdAt];
                if (processId == 0 || Known.Contains(processId) || IsOfTheRuntime(processId))
                    return;
                _ = WaitFor(processId, 0, Now);
            }
        }
    }

    // What System.Diagnostics.Process starts, in a library for example, stays in the poller's group, and the runtime reaps it.
    private static bool IsOfTheRuntime(int processId) => GroupOf(processId) == GroupOf(0);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int ProcessControl(int option, nuint value);

    [LibraryImport("libc", EntryPoint = "waitid")]
    private static partial int WaitForId(int kind, int id, ref int information, int options);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitFor(int processId, nint status, int options);

    [LibraryImport("libc", EntryPoint = "getpgid")]
    private static partial int GroupOf(int processId);
}
