using Archiver.Processor.Stores.Folders;
using Archiver.Processor.Stores.S3;
using Archiver.Programs.Settings;
using Serilog;

namespace Archiver.Processor.Stores.Schemes;

/// <summary>All kinds of stores, by scheme.</summary>
internal sealed class StoreFactory(StoreScheme destination, IReadOnlyDictionary<StoreScheme, IStores> stores) : IDisposable
{
    public StoreFactory(ArchiveSettings settings, AwsSettings aws, TimeProvider time, ILogger log, int retries = 5)
        : this(settings.Destination.Scheme, new Dictionary<StoreScheme, IStores>
        {
            [StoreScheme.File] = new FolderStores(settings),
            [StoreScheme.S3] = new S3Stores(settings, aws, time, log, retries),
        })
    {
    }

    public ISourceStore Sources() => new SourceStores(stores);

    public IArchiveStore Archives() => stores[destination].Archives;

    public void Dispose()
    {
        foreach (var opened in stores.Values)
            opened.Dispose();
    }
}
