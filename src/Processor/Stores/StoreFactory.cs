using Amazon.S3;
using Archiver.Contract.Settings;
using Archiver.Processor.Parts;
using Archiver.Processor.Stores.Folders;
using Archiver.Processor.Stores.S3;
using Serilog;

namespace Archiver.Processor.Stores;

/// <summary>Opens the stores that the settings name. The S3 client is made when it is first needed.</summary>
internal sealed class StoreFactory : IDisposable
{
    private readonly ArchiveSettings _settings;
    private readonly ILogger _log;
    private readonly Lazy<AmazonS3Client> _client;
    private readonly Lazy<S3Bodies> _bodies;
    // Those of the sources, in their own region; the same ones where that is the archives' too.
    private readonly Lazy<AmazonS3Client> _sourceClient;
    private readonly Lazy<S3Bodies> _sourceBodies;

    public StoreFactory(ArchiveSettings settings, AwsSettings aws, TimeProvider time, ILogger log, int retries = 5)
    {
        (_settings, _log) = (settings, log);
        var pace = new AdaptivePace(time);
        var sourcePace = aws.CrossesRegions ? new AdaptivePace(time) : pace;
        _client = new(() => S3ClientFactory.Create(aws, retries, pace));
        _bodies = new(() => BodiesOf(_client.Value, time, pace));
        _sourceClient = aws.CrossesRegions ? new(() => S3ClientFactory.Create(aws with { Region = aws.SourceRegion }, retries, sourcePace)) : _client;
        _sourceBodies = aws.CrossesRegions ? new(() => BodiesOf(_sourceClient.Value, time, sourcePace)) : _bodies;
    }

    public ISourceStore Sources() => new SourceStores(FolderSource.Of(_settings), new(() => new S3Source(_sourceClient.Value, _sourceBodies.Value)));

    public IArchiveStore Archives() => _settings.Destination.IsS3
        ? new S3Archives(_client.Value, _bodies.Value, _settings.Destination, LimitsWithin(_settings.MemoryBudget), _log)
        : new FolderArchives(_settings.Destination.Path);

    /// <summary>Looks whether the store of a location can be used.</summary>
    public IStoreCheck CheckOf(StoreLocation location) => location.IsS3
        ? new S3Check((location == _settings.Source ? _sourceClient : _client).Value, location)
        : new FolderCheck(location.Path);

    public void Dispose()
    {
        foreach (var bodies in new[] { _bodies, _sourceBodies }.Where(static bodies => bodies.IsValueCreated))
            bodies.Value.Dispose();
        foreach (var client in new[] { _client, _sourceClient }.Where(static client => client.IsValueCreated))
            client.Value.Dispose();
    }

    private static S3Bodies BodiesOf(AmazonS3Client client, TimeProvider time, AdaptivePace pace) =>
        new(client, new Retry(RetryPolicy.Default, time), pace);

    // Four buffers of the preferred size fit into the budget.
    private static PartLimits LimitsWithin(long budget) =>
        PartLimits.S3 with { Preferred = Math.Clamp(budget / 4, PartLimits.S3.Least, PartLimits.S3.Preferred) };
}
