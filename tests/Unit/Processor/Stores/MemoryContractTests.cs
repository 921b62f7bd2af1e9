using Archiver.Processor.Parts;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Stores;

/// <summary>The stores in memory that other tests use.</summary>
public sealed class MemorySourceContractTests() : SourceStoreContract(new MemorySourceLab());

public sealed class MemoryArchivesContractTests() : ArchiveStoreContract(new MemoryArchiveLab());

internal sealed class MemorySourceLab : SourceStoreLab
{
    private readonly MemorySource _source = new();
    private int _versions;

    internal override StoreLocation Location { get; } = new(StoreScheme.S3, "some-source", "prefix");

    internal override StoreLocation Nowhere { get; } = new(StoreScheme.S3, "nowhere", "");

    internal override ISourceStore Store => _source;

    public override Task PutAsync(string key, byte[] content)
    {
        _source.With(Address(key), content, $"version-{++_versions}");
        return Task.CompletedTask;
    }

    public override Task RemoveAsync(string key)
    {
        _source.Remove(Address(key));
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

internal sealed class MemoryArchiveLab : ArchiveStoreLab
{
    private readonly MemorySource _sources = new();
    private readonly MemoryArchives _archives;

    public MemoryArchiveLab() => _archives = new MemoryArchives(PartLimits.File) { CopiesFrom = _sources };

    internal override IArchiveStore Store => _archives;

    internal override IArchiveStore Nowhere { get; } = new MemoryArchives(PartLimits.File) { Exists = false };

    public override Task<byte[]?> GetAsync(string archiveKey) => Task.FromResult(_archives.BytesOf(archiveKey));

    public override Task LeaveUnfinishedAsync(string archiveKey) => Task.CompletedTask;

    public override Task<int> CountUnfinishedAsync() => Task.FromResult(0);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal override Task<SourceObject?> PutSourceAsync(byte[] content)
    {
        var address = Some.Address("some-source", "a.bin");
        _sources.With(address, content);
        return _sources.FindAsync(address, CancellationToken.None);
    }
}
