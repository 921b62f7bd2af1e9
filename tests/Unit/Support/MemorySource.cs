using System.Runtime.CompilerServices;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;

namespace Archiver.Tests.Support;

/// <summary>Sources in memory, which tests can hold up, change and break.</summary>
public sealed class MemorySource : ISourceStore
{
    private readonly SortedDictionary<string, (SourceObject Object, byte[] Content)> _objects = new(StringComparer.Ordinal);
    private int _underWay;
    private int _mostUnderWay;
    private int _reads;

    /// <summary>Runs before every read.</summary>
    public Func<SourceObject, long, CancellationToken, Task> BeforeRead { get; set; } = static (_, _, _) => Task.CompletedTask;

    /// <summary>Fails lookups.</summary>
    public Func<ObjectAddress, Exception?> BeforeFind { get; set; } = static _ => null;

    /// <summary>Whether an object is in the listing of a prefix.</summary>
    public Func<SourceObject, ObjectAddress, bool> Lists { get; set; } =
        static (found, prefix) => found.Address.Bucket == prefix.Bucket && found.Address.Key.StartsWith(prefix.Key, StringComparison.Ordinal);

    /// <summary>Objects that can only be opened, by key.</summary>
    public Dictionary<string, Stream> Streams { get; } = [];

    public int Reads => _reads;

    public int UnderWay => _underWay;

    public int MostUnderWay => _mostUnderWay;

    /// <summary>Addresses that were looked up one by one.</summary>
    public List<ObjectAddress> LookedUp { get; } = [];

    public static MemorySource Of(ArchiveCase archive)
    {
        var source = new MemorySource();
        var plan = archive.Plan;
        for (var i = 0; i < plan.Count; i++)
            source._objects[plan.Entries[i].Source.Address.ToString()] = (plan.Entries[i].Source, archive.Contents[i]);
        return source;
    }

    public MemorySource With(ObjectAddress address, byte[] content, string eTag = "some-etag", long modified = 1_717_079_362)
    {
        _objects[address.ToString()] = (new SourceObject(address, content.Length, eTag, modified), content);
        return this;
    }

    /// <summary>An object that is too large to stand in memory.</summary>
    public MemorySource WithZeros(ObjectAddress address, long size)
    {
        _objects[address.ToString()] = (new SourceObject(address, size, "some-etag", 1_717_079_362), []);
        return this;
    }

    public MemorySource With(string bucket, string key, string content = "some content") =>
        With(Some.Address(bucket, key), System.Text.Encoding.UTF8.GetBytes(content));

    public void Remove(ObjectAddress address) => _objects.Remove(address.ToString());

    public Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        lock (LookedUp)
            LookedUp.Add(address);
        if (BeforeFind(address) is { } error)
            return Task.FromException<SourceObject?>(error);
        return Task.FromResult<SourceObject?>(_objects.TryGetValue(address.ToString(), out var found) ? found.Object : null);
    }

    public async IAsyncEnumerable<SourceObject> ListAsync(ObjectAddress prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (var (found, _) in _objects.Values)
            if (Lists(found, prefix) && (after is null || string.CompareOrdinal(found.Address.Key, after) > 0))
                yield return found;
    }

    public async Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        InterlockedMax(ref _mostUnderWay, Interlocked.Increment(ref _underWay));
        try
        {
            await BeforeRead(source, offset, cancellationToken);
            if (!_objects.TryGetValue(source.Address.ToString(), out var known) || known.Object.ETag != source.ETag)
                throw StoreErrors.Changed(source.Address, "another ETag");
            if (known.Object.Size > known.Content.Length)
                target.Span.Clear();
            else
                known.Content.AsMemory((int)offset, target.Length).CopyTo(target);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    public Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken) =>
        Streams.TryGetValue(address.Key, out var stream) ? Task.FromResult(stream)
        : _objects.TryGetValue(address.ToString(), out var found)
            ? Task.FromResult<Stream>(new MemoryStream(found.Content))
            : throw StoreErrors.Missing(address);

    public Task<string?> CheckAsync(StoreLocation location, CancellationToken cancellationToken) =>
        _objects.Values.Any(found => location.Holds(found.Object.Address.Scheme, found.Object.Address.Bucket, found.Object.Address.Key))
            ? Task.FromResult<string?>(null)
            : throw new ArchiverException(ExitCode.Config, $"{location} does not exist.");

    internal static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
