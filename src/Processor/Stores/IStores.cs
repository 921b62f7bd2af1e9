namespace Archiver.Processor.Stores;

/// <summary>The stores of one scheme, each created on first use.</summary>
internal interface IStores : IDisposable
{
    ISourceStore Sources { get; }

    IArchiveStore Archives { get; }
}
