using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Processor.Stores.Folders;

internal enum FileKind
{
    Regular,
    Folder,
    Fifo,
    Socket,
    Device,
    Other,
}

/// <summary>
/// What statx(2) reports about an open file. .NET cannot tell a device from a file, and fails on times outside the range of DateTime.
/// </summary>
internal readonly partial record struct FileStatus(FileKind Kind, long Size, long ModifiedSeconds, uint ModifiedNanoseconds, bool IsDeleted)
{
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;
    private const int TicksPerSecond = (int)TimeSpan.TicksPerSecond;

    /// <summary>Identifies the version of the content: the size, and the modification time in ticks since the year 1.</summary>
    public string ETag => string.Create(CultureInfo.InvariantCulture,
        $"{Size:x}-{DateTime.UnixEpoch.Ticks + ((Int128)ModifiedSeconds * TicksPerSecond) + (ModifiedNanoseconds / 100):x}");

    /// <exception cref="IOException">statx failed.</exception>
    public static FileStatus Of(SafeFileHandle file)
    {
        if (Statx(file, "", EmptyPath, BasicStats, out var found) != 0)
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        return new FileStatus(KindOf(found.Mode), found.Size, found.ModifiedSeconds, found.ModifiedNanoseconds, found.Links == 0);
    }

    // S_IFMT in inode(7).
    private static FileKind KindOf(int mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0x1000 => FileKind.Fifo,
        0xC000 => FileKind.Socket,
        0x2000 or 0x6000 => FileKind.Device,
        _ => FileKind.Other,
    };

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(SafeFileHandle file, string path, int flags, uint mask, out Answer answer);

    // struct statx, the same on all architectures.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Answer
    {
        [FieldOffset(16)]
        public uint Links;
        [FieldOffset(28)]
        public ushort Mode;
        [FieldOffset(40)]
        public long Size;
        [FieldOffset(112)]
        public long ModifiedSeconds;
        [FieldOffset(120)]
        public uint ModifiedNanoseconds;
    }
}
