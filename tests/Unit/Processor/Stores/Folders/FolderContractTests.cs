using Archiver.Processor.Stores;
using Archiver.Processor.Stores.Folders;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Stores.Folders;

public sealed class DirectFolderContractTests() : SourceStoreContract(new FolderSourceLab(walks: false));

public sealed class WalkedFolderContractTests() : SourceStoreContract(new FolderSourceLab(walks: true));

public sealed class FolderArchivesContractTests() : ArchiveStoreContract(new FolderArchiveLab());

internal sealed class FolderSourceLab : SourceStoreLab
{
    private readonly TempFolder _folder = new();
    private DateTime _modified = new(2024, 5, 30, 14, 29, 22, DateTimeKind.Utc);

    public FolderSourceLab(bool walks) => Store = new FolderSource([_folder.Path], SourceLinks.Refuse, walks: walks);

    internal override StoreLocation Location => new(StoreScheme.File, "", _folder.Path);

    internal override StoreLocation Nowhere => new(StoreScheme.File, "", _folder["nowhere"]);

    internal override ISourceStore Store { get; }

    public override Task PutAsync(string key, byte[] content)
    {
        // Not every file system's clock ticks between two writes.
        File.SetLastWriteTimeUtc(_folder.Write(key, content), _modified += TimeSpan.FromTicks(1000));
        return Task.CompletedTask;
    }

    public override Task RemoveAsync(string key)
    {
        File.Delete(_folder[key]);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal sealed class FolderArchiveLab : ArchiveStoreLab
{
    private readonly TempFolder _folder = new();

    public FolderArchiveLab() => Store = new FolderArchives(_folder.Path);

    internal override IArchiveStore Store { get; }

    internal override IArchiveStore Nowhere => new FolderArchives(Path.Combine(_folder.Write("file", "no folder"), "archives"));

    public override async Task<byte[]?> GetAsync(string archiveKey) =>
        File.Exists(_folder[archiveKey]) ? await File.ReadAllBytesAsync(_folder[archiveKey]) : null;

    public override Task LeaveUnfinishedAsync(string archiveKey)
    {
        _folder.Write($"{archiveKey}.0123456789abcdef.partial", "half an archive");
        return Task.CompletedTask;
    }

    public override Task<int> CountUnfinishedAsync() =>
        Task.FromResult(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Count(static path => !path.EndsWith(".zip", StringComparison.Ordinal)));

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
