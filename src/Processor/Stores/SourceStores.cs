namespace Archiver.Processor.Stores;

/// <summary>Files and S3 objects behind one door: the address tells which. S3 is not touched unless a request needs it.</summary>
public sealed class SourceStores(ISourceStore files, Lazy<ISourceStore> s3) : ISourceStore
{
    /// <inheritdoc />
    public Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken) =>
        For(address).FindAsync(address, cancellationToken);

    /// <inheritdoc />
    public Task<bool> IsFolderAsync(ObjectAddress address, CancellationToken cancellationToken) => For(address).IsFolderAsync(address, cancellationToken);

    /// <inheritdoc />
    public IAsyncEnumerable<SourceObject> ListAsync(ObjectAddress prefix, string? after, CancellationToken cancellationToken) =>
        For(prefix).ListAsync(prefix, after, cancellationToken);

    /// <inheritdoc />
    public Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken) =>
        For(source.Address).ReadAsync(source, offset, target, cancellationToken);

    /// <inheritdoc />
    public Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken) => For(address).OpenAsync(address, cancellationToken);

    private ISourceStore For(ObjectAddress address) => address.Bucket is null ? files : s3.Value;
}
