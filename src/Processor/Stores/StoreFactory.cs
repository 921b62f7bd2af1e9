using Amazon.S3;
using Archiver.Contract.Settings;
using Archiver.Processor.Stores.Folders;
using Archiver.Processor.Stores.S3;
using Archiver.Processor.Transfer;
using Archiver.Processor.Zip;
using Serilog;

namespace Archiver.Processor.Stores;

/// <summary>Opens the stores that the settings name. The S3 client is made when it is first needed.</summary>
internal sealed class StoreFactory : IDisposable
{
    private readonly ArchiveSettings _settings;
    private readonly ILogger _log;
    private readonly Lazy<AmazonS3Client> _client;
    private readonly Lazy<S3Bodies> _bodies;

    public StoreFactory(ArchiveSettings settings, AwsSettings aws, TimeProvider time, ILogger log, int retries = 5)
    {
        (_settings, _log) = (settings, log);
        _client = new(() => S3ClientFactory.Create(aws, retries));
        _bodies = new(() => new S3Bodies(_client.Value, new Retry(RetryPolicy.Default, time), new AdaptivePace(time)));
    }

    public ISourceStore Sources() => new SourceStores(new FolderSource(), new(() => new S3Source(_client.Value, _bodies.Value)));

    public IArchiveStore Archives() => _settings.Destination.IsS3
        ? new S3Archives(_client.Value, _bodies.Value, _settings.Destination, LimitsWithin(_settings.MemoryBudget), _log)
        : new FolderArchives(_settings.Destination.Path);

    /// <summary>Looks whether the store of a location can be used.</summary>
    public IStoreCheck CheckOf(StoreLocation location) => location.IsS3 ? new S3Check(_client.Value, location) : new FolderCheck(location.Path);

    public void Dispose()
    {
        if (_bodies.IsValueCreated)
            _bodies.Value.Dispose();
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    // Four buffers of the preferred size fit into the budget.
    private static PartLimits LimitsWithin(long budget) =>
        PartLimits.S3 with { Preferred = Math.Clamp(budget / 4, PartLimits.S3.Least, PartLimits.S3.Preferred) };
}
