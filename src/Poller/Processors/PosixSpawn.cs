using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Archiver.Poller.Processors;

/// <summary>posix_spawn(3): starts a program that is in its own process group, and hears every signal, from its first instruction on.</summary>
internal static partial class PosixSpawn
{
    public const int Interrupted = 4;

    private const short NewGroup = 0x02;
    private const short DefaultSignals = 0x04;
    private const short SignalMask = 0x08;

    // More than the C libraries' structures have.
    private const int Room = 512;

    // The runtime ignores SIGPIPE, and what is ignored stays so in a child. One bit for each signal, from 1 on.
    private const ulong SigPipe = 1UL << 12;

    /// <returns>The process id.</returns>
    /// <exception cref="Win32Exception">The error number says why it cannot be started.</exception>
    public static int Start(string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment, int input, int output, int error)
    {
        Span<byte> actions = stackalloc byte[Room];
        Span<byte> attributes = stackalloc byte[Room];
        Span<ulong> set = stackalloc ulong[16];
        set.Clear();
        ref var actionsStart = ref MemoryMarshal.GetReference(actions);
        ref var attributesStart = ref MemoryMarshal.GetReference(attributes);
        Check(InitializeActions(ref actionsStart));
        Check(InitializeAttributes(ref attributesStart));
        try
        {
            Check(AddDuplicate(ref actionsStart, input, 0));
            Check(AddDuplicate(ref actionsStart, output, 1));
            Check(AddDuplicate(ref actionsStart, error, 2));
            Check(SetGroup(ref attributesStart, 0));
            Check(SetSignalMask(ref attributesStart, in set[0]));
            set[0] = SigPipe;
            Check(SetDefaultSignals(ref attributesStart, in set[0]));
            Check(SetFlags(ref attributesStart, NewGroup | DefaultSignals | SignalMask));
            Check(Spawn(out var processId, path, ref actionsStart, ref attributesStart, [.. arguments, null], [.. environment, null]));
            return processId;
        }
        finally
        {
            _ = DestroyActions(ref actionsStart);
            _ = DestroyAttributes(ref attributesStart);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int processId, string path, ref byte actions, ref byte attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitializeActions(ref byte actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(ref byte actions, int descriptor, int target);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int DestroyActions(ref byte actions);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    private static partial int InitializeAttributes(ref byte attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    private static partial int SetFlags(ref byte attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setpgroup")]
    private static partial int SetGroup(ref byte attributes, int group);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int SetSignalMask(ref byte attributes, in ulong set);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int SetDefaultSignals(ref byte attributes, in ulong set);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    private static partial int DestroyAttributes(ref byte attributes);
}
