namespace Archiver.Processor.Stores;

/// <summary>Sources that count what is found among them: the progress of a plan.</summary>
public sealed class CountedSources(ISourceStore sources) : ISourceStore
{
    private long _found;

    /// <summary>Objects that were looked up or listed so far.</summary>
    public long Found => Interlocked.Read(ref _found);

    /// <inheritdoc />
    public async Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        var source = await sources.FindAsync(address, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _found);
        return source;
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SourceObject> ListAsync(
        ObjectAddress prefix, string? after, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var source in sources.ListAsync(prefix, after, cancellationToken).ConfigureAwait(false))
        {
            Interlocked.Increment(ref _found);
            yield return source;
        }
    }

    /// <inheritdoc />
    public Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken) =>
        sources.ReadAsync(source, offset, target, cancellationToken);

    /// <inheritdoc />
    public Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken) => sources.OpenAsync(address, cancellationToken);
}
