using Archiver.EndToEnd.Support;
using Archiver.Processor.Stores;
using Archiver.Processor.Stores.S3;
using Archiver.Programs.Settings;
using Archiver.Tests.Processor.Stores;

namespace Archiver.EndToEnd.Stores;

/// <summary>Sources on a real server, each test's below a prefix of its own. The fixture removes them.</summary>
internal sealed class S3SourceLab : SourceStoreLab
{
    private readonly S3Fixture _s3;
    private readonly S3Stores _stores;

    public S3SourceLab(S3Fixture s3)
    {
        _s3 = s3;
        Location = new StoreLocation(StoreScheme.S3, s3.Bucket, Unique.Name("sources"));
        _stores = S3Access.StoresOf(Location);
    }

    internal override StoreLocation Location { get; }

    internal override StoreLocation Nowhere { get; } = new(StoreScheme.S3, Unique.Name("archiver-nowhere"), "");

    internal override ISourceStore Store => _stores.Sources;

    public override Task PutAsync(string key, byte[] content) => _s3.PutAsync(Address(key).Key, content);

    public override Task RemoveAsync(string key) => _s3.Client.DeleteObjectAsync(_s3.Bucket, Address(key).Key);

    public override ValueTask DisposeAsync()
    {
        _stores.Dispose();
        return ValueTask.CompletedTask;
    }
}
