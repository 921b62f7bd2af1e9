using Archiver.EndToEnd.Support;
using Archiver.Processor.Stores;
using Archiver.Processor.Stores.S3;
using Archiver.Programs.Settings;
using Archiver.Tests.Processor.Stores;

namespace Archiver.EndToEnd.Stores;

/// <summary>Archives on a real server, each test's below a prefix of its own. The fixture removes them.</summary>
internal sealed class S3ArchiveLab : ArchiveStoreLab
{
    private readonly S3Fixture _s3;
    private readonly string _prefix = Unique.Name("archives");
    private readonly S3Stores _stores;
    private readonly S3Stores _nowhere;

    public S3ArchiveLab(S3Fixture s3)
    {
        _s3 = s3;
        _stores = S3Access.StoresOf(new StoreLocation(StoreScheme.S3, s3.Bucket, _prefix));
        _nowhere = S3Access.StoresOf(new StoreLocation(StoreScheme.S3, Unique.Name("archiver-nowhere"), ""));
    }

    internal override IArchiveStore Store => _stores.Archives;

    internal override IArchiveStore Nowhere => _nowhere.Archives;

    public override async Task<byte[]?> GetAsync(string archiveKey)
    {
        var key = Store.KeyOf(archiveKey);
        return await _s3.ExistsAsync(key) ? await _s3.GetAsync(key) : null;
    }

    public override Task LeaveUnfinishedAsync(string archiveKey) => _s3.Client.InitiateMultipartUploadAsync(_s3.Bucket, Store.KeyOf(archiveKey));

    public override async Task<int> CountUnfinishedAsync() =>
        (await _s3.ListUploadsAsync()).Count(upload => upload.Key.StartsWith(_prefix, StringComparison.Ordinal))
        + (await _s3.ListAsync(_prefix)).Count(static found => !found.Key.EndsWith(".zip", StringComparison.Ordinal));

    public override ValueTask DisposeAsync()
    {
        _stores.Dispose();
        _nowhere.Dispose();
        return ValueTask.CompletedTask;
    }

    internal override async Task<SourceObject?> PutSourceAsync(byte[] content)
    {
        var key = Unique.Name("source");
        await _s3.PutAsync(key, content);
        return await _stores.Sources.FindAsync(new ObjectAddress(StoreScheme.S3, _s3.Bucket, key), CancellationToken.None);
    }
}
