using System.Runtime.InteropServices;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Processor.Stores.Folders;

/// <summary>
/// Opens files below the source folders. Links are followed only if that is allowed and they stay inside. Most files are opened with
/// openat2(2); if that is not available, or there is a link or anything else unusual, the path is walked and checked afterwards.
/// </summary>
/// <param name="roots">The full paths of the folders, or of single files.</param>
/// <param name="links">What to do about links below them.</param>
/// <param name="isDirect">Whether openat2 may be used.</param>
internal sealed partial class SourceFiles(IEnumerable<string> roots, SourceLinks links, bool isDirect)
{
    private const int SharedLock = 1;
    private const int WithoutWaiting = 4;

    private readonly List<SourceRoot> _roots =
        [.. roots.OrderByDescending(static root => root.Length).Select(static root => new SourceRoot(root))];

    /// <summary>Gets a handle on whatever is at an address, without opening it.</summary>
    /// <returns>Null if there is nothing.</returns>
    public PathHandle? TakeHold(ObjectAddress address)
    {
        var root = RootOf(address);
        return isDirect && root.TryOpen(address.Key, Openat2.TryTakeHold) is { } handle ? new PathHandle(handle) : Walk(address, root);
    }

    /// <summary>Opens a regular file.</summary>
    /// <returns>Null if there is none.</returns>
    public SafeFileHandle? OpenForReading(ObjectAddress address)
    {
        var root = RootOf(address);
        if (isDirect && root.TryOpen(address.Key, Openat2.TryOpenForReading) is { } file)
        {
            // Locked as .NET locks the files it opens, so that a file locked exclusively by another process is not read.
            if (FileStatus.Of(file).Kind == FileKind.Regular && Lock(file, SharedLock | WithoutWaiting) == 0)
                return file;
            file.Dispose();
        }
        using var path = Walk(address, root);
        return path is { Status.Kind: FileKind.Regular } ? path.OpenForReading() : null;
    }

    private SourceRoot RootOf(ObjectAddress address) =>
        _roots.Find(root => root.Holds(address.Key))
            ?? throw new InvalidOperationException($"{address.Key} is not below any source folder.");

    private PathHandle? Walk(ObjectAddress address, SourceRoot root)
    {
        if (root.ActualPath is null)
            return null;
        var path = PathHandle.TryOpen(address.Key, out var error);
        if (path is null)
            return error switch
            {
                PathError.NoEntry or PathError.NotAFolder or PathError.NameTooLong => null,
                PathError.TooManyLinks => throw Link(address, root),
                PathError.Denied => throw new UnauthorizedAccessException(PathHandle.DeniedMessage),
                _ => throw new IOException(Marshal.GetPInvokeErrorMessage((int)error)),
            };
        if (!path.Status.IsDeleted && IsAllowed(path.ActualPath, address, root))
            return path;
        path.Dispose();
        throw Link(address, root);
    }

    private bool IsAllowed(string place, ObjectAddress address, SourceRoot root) =>
        place == root.Expect(address.Key) || (links == SourceLinks.Inside && root.Encloses(place));

    private ArchiverException Link(ObjectAddress address, SourceRoot root)
    {
        if (root.FindLink(root.Expect(address.Key)) is not { } link)
            return StoreErrors.Changed(address, "it was moved or removed");
        var why = links == SourceLinks.Inside
            ? $"the link {link} does not lead to a place below {root.ActualPath}"
            : $"{link} is a link, and links are not followed; "
                + $"{SettingCatalog.SourceLinks.Name}=inside allows those that stay below {root.ActualPath}";
        return new ArchiverException(ExitCode.DataError, $"{address} is refused: {why}.");
    }

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int Lock(SafeFileHandle file, int operation);
}
