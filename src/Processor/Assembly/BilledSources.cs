using System.Runtime.CompilerServices;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Assembly;

/// <summary>Counts the requests to S3 that looking sources up takes.</summary>
internal sealed class BilledSources(ISourceStore sources) : ISourceStore
{
    private const int KeysPerPage = 1000;

    private long _lookups;
    private long _pages;
    private long _reads;

    public RequestCounts Requests => new RequestCounts().Add("HeadObject", _lookups).Add("ListObjectsV2", _pages).Add("GetObject", _reads);

    public Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        if (address.Bucket is not null)
            Interlocked.Increment(ref _lookups);
        return sources.FindAsync(address, cancellationToken);
    }

    public async IAsyncEnumerable<SourceObject> ListAsync(ObjectAddress prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listed = 0L;
        try
        {
            await foreach (var source in sources.ListAsync(prefix, after, cancellationToken).ConfigureAwait(false))
            {
                listed++;
                yield return source;
            }
        }
        finally
        {
            if (prefix.Bucket is not null)
                Interlocked.Add(ref _pages, (listed / KeysPerPage) + 1);
        }
    }

    public Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken) =>
        sources.ReadAsync(source, offset, target, cancellationToken);

    public Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        if (address.Bucket is not null)
            Interlocked.Increment(ref _reads);
        return sources.OpenAsync(address, cancellationToken);
    }
}
