using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Settings;
using Archiver.Processor.Parts;

namespace Archiver.Processor.Stores.Folders;

/// <summary>Archives stored as files: written under a temporary name beside the final one, flushed, then renamed.</summary>
public sealed class FolderArchives(string folder) : IArchiveStore
{
    private const string PartialSuffix = ".partial";

    /// <inheritdoc />
    public PartLimits Limits => PartLimits.File;

    /// <inheritdoc />
    public string KeyOf(string archiveKey) => archiveKey;

    /// <inheritdoc />
    public string UriOf(string archiveKey) => StoreLocation.FileUri(PathOf(archiveKey));

    /// <inheritdoc />
    public Task<StoredArchive?> FindAsync(string archiveKey, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(archiveKey));
        return Task.FromResult(file.Exists ? new StoredArchive(file.Length, null) : null);
    }

    /// <inheritdoc />
    public Task ReadAsync(string archiveKey, StoredArchive found, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        var path = PathOf(archiveKey);
        Guard(path, "read", () =>
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            for (var done = 0; done < target.Length;)
                done += RandomAccess.Read(file, target.Span[done..], offset + done) is var read and > 0
                    ? read
                    : throw new ArchiverException(ExitCode.TempFail, $"{path} changed while it was read; trying again may help.");
            return true;
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<IArchiveUpload> BeginAsync(string archiveKey, long? length, bool isOnePart, CancellationToken cancellationToken)
    {
        var path = PathOf(archiveKey);
        return Task.FromResult<IArchiveUpload>(Guard(path, () =>
        {
            var parent = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            foreach (var partial in parent.GetFiles("*" + PartialSuffix))
                PartialFile.DeleteIfAbandoned(partial.FullName);
            return new FolderUpload(path, PartialFile.Create(() => $"{path}.{Guid.NewGuid():N}{PartialSuffix}", length ?? 0));
        }));
    }

    /// <summary>Runs file operations and says in words what went wrong with them.</summary>
    internal static T Guard<T>(string path, Func<T> action) => Guard(path, "written", action);

    private static T Guard<T>(string path, string use, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ArchiverException(ExitCode.NoPermission, $"{path} may not be {use}: {error.Message}", error);
        }
        catch (IOException error)
        {
            throw new ArchiverException(ExitCode.CannotCreate, $"{path} cannot be {use}: {error.Message}", error);
        }
    }

    private string PathOf(string archiveKey) => Path.Combine(folder, archiveKey);
}
