using System.Runtime.InteropServices;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Processor.Stores.Folders;

/// <summary>
/// A handle on whatever is at a path, without opening it (O_PATH in open(2)): a FIFO does not block it, and a device does not notice.
/// What the handle reports is true of what is read through it, even if the path leads elsewhere a moment later.
/// </summary>
internal sealed partial class PathHandle : IDisposable
{
    private const int OnlyPath = 0x200000;
    private const int CloseOnExec = 0x80000;

    public const string DeniedMessage = "permission denied.";

    public PathHandle(SafeFileHandle handle)
    {
        Handle = handle;
        Status = FileStatus.Of(handle);
    }

    public SafeFileHandle Handle { get; }

    public FileStatus Status { get; }

    /// <summary>Where it is, with all links resolved.</summary>
    /// <exception cref="ArchiverException">Exit code 78: the system does not report it.</exception>
    public string ActualPath => new FileInfo(OwnLink).LinkTarget
        ?? throw new ArchiverException(ExitCode.Config, "Files cannot be read safely: /proc is not mounted.");

    private string OwnLink => $"/proc/self/fd/{Handle.DangerousGetHandle()}";

    /// <returns>Null, and the error, if there is nothing at the path or it cannot be reached.</returns>
    public static PathHandle? TryOpen(string path, out PathError error)
    {
        var descriptor = Open(path, OnlyPath | CloseOnExec);
        error = descriptor < 0 ? (PathError)Marshal.GetLastPInvokeError() : PathError.None;
        return descriptor < 0 ? null : new PathHandle(new SafeFileHandle(descriptor, ownsHandle: true));
    }

    /// <summary>Where a path leads; null if it leads nowhere.</summary>
    public static string? Resolve(string path)
    {
        using var found = TryOpen(path, out _);
        return found?.ActualPath;
    }

    /// <summary>Opens it for reading. It must be known to be a regular file.</summary>
    public SafeFileHandle OpenForReading()
    {
        try
        {
            return File.OpenHandle(OwnLink, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (UnauthorizedAccessException error)
        {
            // The original message names the descriptor instead of the path.
            throw new UnauthorizedAccessException(DeniedMessage, error);
        }
    }

    public void Dispose() => Handle.Dispose();

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}

/// <summary>Why a path cannot be opened: values of errno(3).</summary>
internal enum PathError
{
    None = 0,
    NoEntry = 2,
    Denied = 13,
    NotAFolder = 20,
    NameTooLong = 36,
    TooManyLinks = 40,
}
