using System.IO.Enumeration;
using System.Runtime.CompilerServices;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores.Folders;

/// <summary>
/// Sources that are regular files below certain folders. A file's size and modification time identify its version, as ETags do in S3.
/// </summary>
/// <param name="folders">The folders, or single files.</param>
/// <param name="links">What to do about links below them.</param>
/// <param name="mostFiles">The most files that a listing may return.</param>
/// <param name="walks">Whether to walk paths even where openat2 is available.</param>
internal sealed class FolderSource(IEnumerable<string> folders, SourceLinks links, int mostFiles = int.MaxValue, bool walks = false)
    : ISourceStore
{
    private readonly SourceFiles _files = new(folders, links, Openat2.IsSupported && !walks);

    /// <inheritdoc />
    public Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken) =>
        Task.FromResult(Guard(address, () => Find(address)));

    /// <inheritdoc />
    public Task<bool> IsFolderAsync(ObjectAddress address, CancellationToken cancellationToken) =>
        Task.FromResult(Directory.Exists(address.Key));

    /// <inheritdoc />
    public async IAsyncEnumerable<SourceObject> ListAsync(
        ObjectAddress prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var source in Guard(prefix, () => List(prefix, cancellationToken)))
            if (after is null || string.CompareOrdinal(source.Address.Key, after) > 0)
                yield return source;
    }

    /// <inheritdoc />
    public Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        Guard(source.Address, () => Read(source, offset, target.Span));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken) =>
        Task.FromResult(Guard<Stream>(address, () => Open(address)));

    /// <inheritdoc />
    public Task<string?> CheckAsync(StoreLocation location, CancellationToken cancellationToken) =>
        new FolderCheck(location.Path).ReadableAsync();

    private FileStream Open(ObjectAddress address)
    {
        using var path = _files.TakeHold(address) ?? throw StoreErrors.Missing(address);
        return path.Status.Kind == FileKind.Regular
            ? new FileStream(path.OpenForReading(), FileAccess.Read, 1 << 16)
            : throw NotAFile(address, path.Status.Kind);
    }

    private SourceObject? Find(ObjectAddress address)
    {
        using var path = _files.TakeHold(address);
        return path?.Status switch
        {
            null or { Kind: FileKind.Folder } => null,
            { Kind: FileKind.Regular } status =>
                new SourceObject(address, status.Size, status.ETag, status.ModifiedSeconds, ContentType: ""),
            { } status => throw NotAFile(address, status.Kind),
        };
    }

    // Each file is described at once: a FileInfo takes several times the memory of what is needed from it.
    private List<SourceObject> List(ObjectAddress prefix, CancellationToken cancellationToken)
    {
        var found = new List<SourceObject>();
        using (var folder = _files.TakeHold(prefix))
            if (folder?.Status.Kind != FileKind.Folder)
                return found;
        var everything = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.None,
            IgnoreInaccessible = false,
        };
        // Links are not descended into but listed like files, and refused below unless they may be followed.
        var paths = new FileSystemEnumerable<string>(prefix.Key, static (ref entry) => entry.ToSpecifiedFullPath(), everything)
        {
            ShouldIncludePredicate = static (ref entry) => !entry.IsDirectory || IsLink(ref entry),
            ShouldRecursePredicate = static (ref entry) => !IsLink(ref entry),
        };
        foreach (var path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (found.Count == mostFiles)
                throw Exceeded.Entries(mostFiles);
            var address = prefix with { Key = path };
            // Whatever cannot be archived is an error: nothing is silently left out.
            found.Add(Guard(address, () => Find(address)) ?? throw Unfit(address));
        }
        found.Sort(static (a, b) => string.CompareOrdinal(a.Address.Key, b.Address.Key));
        return found;
    }

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private bool Read(SourceObject source, long offset, Span<byte> target)
    {
        using var file = _files.OpenForReading(source.Address) ?? throw StoreErrors.Changed(source.Address, "it is gone");
        for (var done = 0; done < target.Length;)
        {
            var read = RandomAccess.Read(file, target[done..], offset + done);
            if (read == 0)
                throw StoreErrors.Changed(source.Address, "it is shorter now");
            done += read;
        }
        // Checked after the last byte: a file that changed since the plan must not be archived half old, half new.
        if (FileStatus.Of(file) is var now && (now.Size != source.Size || now.ETag != source.ETag))
            throw StoreErrors.Changed(source.Address, "its size or modification time differs");
        return true;
    }

    private static ArchiverException Unfit(ObjectAddress address) => Directory.Exists(address.Key)
        ? new ArchiverException(
            ExitCode.DataError, $"{address} is refused: it is a link to a folder, and only links to files are followed.")
        : StoreErrors.Missing(address);

    private static ArchiverException NotAFile(ObjectAddress address, FileKind kind)
    {
        var what = kind switch
        {
            FileKind.Folder => "a folder",
            FileKind.Fifo => "a FIFO",
            FileKind.Socket => "a socket",
            FileKind.Device => "a device",
            _ => "of an unknown type",
        };
        return new(ExitCode.DataError, $"{address} is refused: it is {what}, and only regular files are read.");
    }

    private static T Guard<T>(ObjectAddress address, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ArchiverException(ExitCode.NoPermission, $"{address} cannot be read: {error.Message}", error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw StoreErrors.Changed(address, "it is gone");
        }
        catch (IOException error)
        {
            throw new ArchiverException(ExitCode.TempFail, $"{address} cannot be read: {error.Message}", error);
        }
    }
}
