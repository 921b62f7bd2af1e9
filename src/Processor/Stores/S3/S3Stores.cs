using Amazon.S3;
using Archiver.Processor.Parts;
using Archiver.Programs.Settings;
using Serilog;

namespace Archiver.Processor.Stores.S3;

/// <summary>Buckets in one or two regions. Each region has its own clients, created on first use.</summary>
internal sealed class S3Stores : IStores
{
    private readonly Lazy<Connection> _own;
    private readonly Lazy<Connection> _ofSources;
    private readonly Lazy<S3Source> _sources;
    private readonly Lazy<S3Archives> _archives;

    public S3Stores(ArchiveSettings settings, AwsSettings aws, TimeProvider time, ILogger log, int retries)
    {
        _own = new(() => new Connection(aws, time, retries));
        _ofSources = aws.CrossesRegions ? new(() => new Connection(aws with { Region = aws.SourceRegion }, time, retries)) : _own;
        _sources = new(() => new S3Source(_ofSources.Value.Client, _ofSources.Value.Bodies));
        _archives = new(() => new S3Archives(
            _own.Value.Client, _own.Value.Bodies, settings.Destination,
            LimitsWithin(settings.MemoryBudget), log));
    }

    public ISourceStore Sources => _sources.Value;

    public IArchiveStore Archives => _archives.Value;

    public void Dispose()
    {
        foreach (var connection in new[] { _own, _ofSources }.Where(static connection => connection.IsValueCreated))
            connection.Value.Dispose();
    }

    // Four buffers of the preferred size fit into the budget.
    private static PartLimits LimitsWithin(long budget) =>
        PartLimits.S3 with { Preferred = Math.Clamp(budget / 4, PartLimits.S3.Least, PartLimits.S3.Preferred) };

    private sealed class Connection : IDisposable
    {
        public Connection(AwsSettings aws, TimeProvider time, int retries)
        {
            var pace = new AdaptivePace(time);
            Client = S3ClientFactory.Create(aws, retries, pace);
            Bodies = new S3Bodies(Client, new Retry(RetryPolicy.Default, time), pace);
        }

        public AmazonS3Client Client { get; }

        public S3Bodies Bodies { get; }

        public void Dispose()
        {
            Bodies.Dispose();
            Client.Dispose();
        }
    }
}
