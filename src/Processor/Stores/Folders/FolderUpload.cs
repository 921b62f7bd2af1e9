using Archiver.Processor.Zip;
using Microsoft.Win32.SafeHandles;

namespace Archiver.Processor.Stores.Folders;

/// <summary>An archive on its way into a folder.</summary>
internal sealed class FolderUpload : IArchiveUpload
{
    private readonly string _path;
    private readonly string _partialPath;
    private readonly SafeFileHandle _file;

    public FolderUpload(string path, string partialPath, long length)
    {
        (_path, _partialPath) = (path, partialPath);
        _file = File.OpenHandle(partialPath, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.None, length);
    }

    public Task WriteAsync(Part part, ReadOnlyMemory<byte> bytes, uint crc, CancellationToken cancellationToken)
    {
        FolderArchives.Guard(_path, () =>
        {
            RandomAccess.Write(_file, bytes.Span, part.Offset);
            return true;
        });
        return Task.CompletedTask;
    }

    public Task StreamAsync(Part part, PartWriter writer, uint crc, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A file takes any bytes at any offset, so its parts are small.");

    public Task<bool> CompleteAsync(uint crc, CancellationToken cancellationToken) => Task.FromResult(FolderArchives.Guard(_path, () =>
    {
        RandomAccess.FlushToDisk(_file);
        _file.Dispose();
        File.Move(_partialPath, _path, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(_path)!);
        return true;
    }));

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        File.Delete(_partialPath);
        return ValueTask.CompletedTask;
    }
}
