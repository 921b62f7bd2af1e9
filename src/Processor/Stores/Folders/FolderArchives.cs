using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Parts;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores.Folders;

/// <summary>Archives stored as files: written under a temporary name beside the final one, flushed, then renamed.</summary>
internal sealed class FolderArchives(string folder) : IArchiveStore
{
    private const string PartialSuffix = ".partial";

    /// <inheritdoc />
    public PartLimits Limits => PartLimits.File;

    /// <inheritdoc />
    public string KeyOf(string archiveKey) => archiveKey;

    /// <inheritdoc />
    public string UriOf(string archiveKey) => StoreScheme.File.UriOf("", PathOf(archiveKey));

    /// <inheritdoc />
    public Task<StoredArchive?> FindAsync(string archiveKey, CancellationToken cancellationToken)
    {
        using var file = PathHandle.TryOpen(PathOf(archiveKey), out _);
        return Task.FromResult(file?.Status is { Kind: FileKind.Regular } found ? new StoredArchive(found.Size, null, found.ETag) : null);
    }

    /// <inheritdoc />
    public Task ReadAsync(string archiveKey, StoredArchive found, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        var path = PathOf(archiveKey);
        Guard(path, "read", () =>
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var done = 0;
            while (done < target.Length && RandomAccess.Read(file, target.Span[done..], offset + done) is var read and > 0)
                done += read;
            return done == target.Length && FileStatus.Of(file).ETag == found.ETag
                ? true
                : throw new ArchiverException(ExitCode.TempFail, $"{path} changed while it was being read; trying again may help.");
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

    /// <inheritdoc />
    public Task<string?> CheckAsync(CancellationToken cancellationToken) => new FolderCheck(folder).WritableAsync();

    /// <summary>Runs a file operation and turns its errors into messages for people.</summary>
    internal static T Guard<T>(string path, Func<T> action) => Guard(path, "written", action);

    internal static ArchiverException Failure(string path, string use, Exception error) =>
        new(
            error is UnauthorizedAccessException ? ExitCode.NoPermission : ExitCode.CannotCreate,
            $"{path} cannot be {use}: {error.Message}",
            error);

    private static T Guard<T>(string path, string use, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failure(path, use, error);
        }
    }

    private string PathOf(string archiveKey) => Path.Combine(folder, archiveKey);
}
