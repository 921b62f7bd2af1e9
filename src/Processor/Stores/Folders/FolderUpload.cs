using Archiver.Processor.Parts;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Processor.Stores.Folders;

/// <summary>An archive that is being written to a folder.</summary>
internal sealed class FolderUpload(string path, PartialFile partial) : IArchiveUpload
{
    public Task WriteAsync(Part part, ReadOnlyMemory<byte> bytes, uint crc, CancellationToken cancellationToken)
    {
        FolderArchives.Guard(path, () =>
        {
            RandomAccess.Write(partial.Handle, bytes.Span, part.Offset);
            return true;
        });
        return Task.CompletedTask;
    }

    public async Task StreamAsync(Part part, PartWriter writer, uint crc, CancellationToken cancellationToken)
    {
        // The file is locked and cannot be opened a second time, but each stream keeps its own position.
        using var sameFile = new SafeFileHandle(partial.Handle.DangerousGetHandle(), ownsHandle: false);
        try
        {
            using var stream = new FileStream(sameFile, FileAccess.Write, bufferSize: 0) { Position = part.Offset };
            await writer(stream, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw FolderArchives.Failure(path, "written", error);
        }
    }

    public Task<bool> CompleteAsync(uint crc, StoredArchive? replaced, CancellationToken cancellationToken) =>
        Task.FromResult(FolderArchives.Guard(path, () =>
        {
            RandomAccess.FlushToDisk(partial.Handle);
            // Moved while still locked: other processes consider an unlocked file abandoned.
            File.Move(partial.Path, path, overwrite: true);
            partial.Handle.Dispose();
            FolderSync.Flush(Path.GetDirectoryName(path)!);
            return true;
        }));

    public ValueTask DisposeAsync()
    {
        partial.Handle.Dispose();
        try
        {
            File.Delete(partial.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder is gone or no longer writable, which is not why the archive failed. The next attempt removes what is left.
        }
        return ValueTask.CompletedTask;
    }
}
