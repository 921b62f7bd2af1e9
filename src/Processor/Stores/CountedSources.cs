using System.Runtime.CompilerServices;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores;

/// <summary>Counts the objects found in the sources and the requests that finding them takes: a plan's progress and its cost.</summary>
internal sealed class CountedSources(ISourceStore sources) : ISourceStore
{
    private const int KeysPerPage = 1000;

    private long _found;
    private long _lookups;
    private long _pages;
    private long _reads;

    /// <summary>Objects looked up or listed so far.</summary>
    public long Found => Interlocked.Read(ref _found);

    /// <summary>Requests for the properties of one object.</summary>
    public long Lookups => Interlocked.Read(ref _lookups);

    /// <summary>Requests for a page of a listing.</summary>
    public long Pages => Interlocked.Read(ref _pages);

    /// <summary>Requests for an object's content.</summary>
    public long Reads => Interlocked.Read(ref _reads);

    /// <inheritdoc />
    public async Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        Count(ref _lookups, address);
        var source = await sources.FindAsync(address, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _found);
        return source;
    }

    /// <inheritdoc />
    public Task<bool> IsFolderAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        Count(ref _pages, address);
        return sources.IsFolderAsync(address, cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SourceObject> ListAsync(
        ObjectAddress prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Count(ref _pages, prefix);
        var listed = 0;
        await foreach (var source in sources.ListAsync(prefix, after, cancellationToken).ConfigureAwait(false))
        {
            if (++listed % KeysPerPage == 0)
                Count(ref _pages, prefix);
            Interlocked.Increment(ref _found);
            yield return source;
        }
    }

    /// <inheritdoc />
    public Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken) =>
        sources.ReadAsync(source, offset, target, cancellationToken);

    /// <inheritdoc />
    public Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        Count(ref _reads, address);
        return sources.OpenAsync(address, cancellationToken);
    }

    /// <inheritdoc />
    public Task<string?> CheckAsync(StoreLocation location, CancellationToken cancellationToken) =>
        sources.CheckAsync(location, cancellationToken);

    private static void Count(ref long requests, ObjectAddress address)
    {
        if (address.Scheme.IsRemote)
            Interlocked.Increment(ref requests);
    }
}
