using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Processor.Stores.Folders;

/// <summary>
/// openat2(2): opens a path below a folder unless there is a link on the way. The kernel checks that in one call; without it, one has to
/// look afterwards where the path has led. The C library has no function for it.
/// </summary>
internal static partial class Openat2
{
    // This number and the flags are the same on all architectures.
    private const int CallNumber = 437;
    private const int ReadOnly = 0;
    private const int NoTerminal = 0x100;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;
    private const ulong NoMagicLinks = 2;
    private const ulong NoLinks = 4;
    private const ulong Beneath = 8;

    /// <summary>Whether this system has it: Linux 5.6 or later, unless a container's seccomp filter forbids it.</summary>
    public static bool IsSupported { get; } = Probe();

    /// <summary>Gets a handle on a path without opening the file.</summary>
    /// <returns>Null if there is nothing, there is a link on the way, or it cannot be reached.</returns>
    public static SafeFileHandle? TryTakeHold(SafeFileHandle folder, string path) => TryOpen(folder, path, PathOnly | CloseOnExec);

    /// <summary>Opens a path for reading, without blocking if it is a FIFO.</summary>
    /// <returns>Null if there is nothing, there is a link on the way, or it cannot be read.</returns>
    public static SafeFileHandle? TryOpenForReading(SafeFileHandle folder, string path) =>
        TryOpen(folder, path, ReadOnly | NonBlocking | NoTerminal | CloseOnExec);

    private static SafeFileHandle? TryOpen(SafeFileHandle folder, string path, int flags)
    {
        var how = new How { Flags = (ulong)flags, Resolve = Beneath | NoLinks | NoMagicLinks };
        var descriptor = Call(CallNumber, folder, path, how, Marshal.SizeOf<How>());
        return descriptor < 0 ? null : new SafeFileHandle((nint)descriptor, ownsHandle: true);
    }

    private static bool Probe()
    {
        using var root = PathHandle.TryOpen("/", out _);
        using var found = root is null ? null : TryTakeHold(root.Handle, ".");
        return found is not null;
    }

    [LibraryImport("libc", EntryPoint = "syscall", StringMarshalling = StringMarshalling.Utf8)]
    private static partial long Call(long number, SafeFileHandle folder, string path, in How how, nint size);

    // struct open_how
    [StructLayout(LayoutKind.Sequential)]
    private struct How
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }
}
