using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores.Schemes;

/// <summary>Forwards each call to the store of the address's scheme. A store that no request needs is never created.</summary>
internal sealed class SourceStores(IReadOnlyDictionary<StoreScheme, IStores> stores) : ISourceStore
{
    public Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken) =>
        For(address).FindAsync(address, cancellationToken);

    public Task<bool> IsFolderAsync(ObjectAddress address, CancellationToken cancellationToken) =>
        For(address).IsFolderAsync(address, cancellationToken);

    public IAsyncEnumerable<SourceObject> ListAsync(ObjectAddress prefix, string? after, CancellationToken cancellationToken) =>
        For(prefix).ListAsync(prefix, after, cancellationToken);

    public Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken) =>
        For(source.Address).ReadAsync(source, offset, target, cancellationToken);

    public Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken) =>
        For(address).OpenAsync(address, cancellationToken);

    public Task<string?> CheckAsync(StoreLocation location, CancellationToken cancellationToken) =>
        stores[location.Scheme].Sources.CheckAsync(location, cancellationToken);

    private ISourceStore For(ObjectAddress address) => stores[address.Scheme].Sources;
}
