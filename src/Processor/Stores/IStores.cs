namespace Archiver.Processor.Stores;

/// <summary>The stores of one scheme. Each is made when it is first asked for.</summary>
internal interface IStores : IDisposable
{
    ISourceStore Sources { get; }

    IArchiveStore Archives { get; }
}
