using System.Collections.Concurrent;
using System.IO.Hashing;
using Archiver.Processor.Parts;
using Archiver.Processor.Stores;

namespace Archiver.Tests.Support;

/// <summary>An archive on its way into memory, which tests can hold up and break.</summary>
public sealed class MemoryUpload(long length) : IArchiveUpload
{
    private int _underWay;
    private int _mostUnderWay;
    private int _streamed;
    private int _end;

    /// <summary>How many parts came as streams.</summary>
    public int Streamed => _streamed;

    /// <summary>Runs before every part is stored.</summary>
    public Func<Part, CancellationToken, Task> BeforeWrite { get; set; } = static (_, _) => Task.CompletedTask;

    public byte[] Bytes { get; } = new byte[length];

    /// <summary>Where the last stored part ends.</summary>
    public long End => _end;

    /// <summary>Numbers of the parts that are stored, in the order in which they were.</summary>
    public ConcurrentQueue<int> Stored { get; } = [];

    public bool IsDisposed { get; private set; }

    public int UnderWay => _underWay;

    public int MostUnderWay => _mostUnderWay;

    public async Task WriteAsync(Part part, ReadOnlyMemory<byte> bytes, uint crc, CancellationToken cancellationToken)
    {
        MemorySource.InterlockedMax(ref _mostUnderWay, Interlocked.Increment(ref _underWay));
        try
        {
            Assert.Equal(part.Length, bytes.Length);
            Assert.Equal(Crc32.HashToUInt32(bytes.Span), crc);
            await BeforeWrite(part, cancellationToken);
            // The buffer must still be the part's own after the wait.
            Assert.Equal(Crc32.HashToUInt32(bytes.Span), crc);
            bytes.CopyTo(Bytes.AsMemory((int)part.Offset));
            Stored.Enqueue(part.Number);
            MemorySource.InterlockedMax(ref _end, (int)part.End);
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    /// <summary>What the store copies from; none: it copies nothing.</summary>
    public MemorySource? CopiesFrom { get; init; }

    /// <summary>Parts that the store refuses to copy.</summary>
    public Func<Part, bool> Refuses { get; init; } = static _ => false;

    /// <summary>Numbers of the parts that were copied.</summary>
    public ConcurrentQueue<int> Copied { get; } = [];

    /// <summary>Parts that an earlier try has stored.</summary>
    public IReadOnlyDictionary<int, uint> Earlier { get; init; } = new Dictionary<int, uint>();

    public uint? StoredCrc(Part part) => Earlier.TryGetValue(part.Number, out var crc) ? crc : null;

    public async Task<CopyOutcome> CopyAsync(Part part, SourceObject source, long offset, CancellationToken cancellationToken)
    {
        if (CopiesFrom is null || Refuses(part))
            return CopyOutcome.Refused("the test says so");
        await BeforeWrite(part, cancellationToken);
        var bytes = Bytes.AsMemory((int)part.Offset, (int)part.Length);
        await CopiesFrom.ReadAsync(source, offset, bytes, cancellationToken);
        MemorySource.InterlockedMax(ref _end, (int)part.End);
        Copied.Enqueue(part.Number);
        Stored.Enqueue(part.Number);
        return CopyOutcome.Copied(Crc32.HashToUInt32(bytes.Span));
    }

    public async Task StreamAsync(Part part, PartWriter writer, uint crc, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _streamed);
        // As a store that failed once: the writer must begin anew.
        await writer(Stream.Null, cancellationToken);
        using var bytes = new MemoryStream();
        await writer(bytes, cancellationToken);
        await WriteAsync(part, bytes.ToArray(), crc, cancellationToken);
    }

    /// <summary>What becomes of the archive.</summary>
    public Func<uint, bool> Completes { get; init; } = static _ => true;

    public Task<bool> CompleteAsync(uint crc, StoredArchive? replaced, CancellationToken cancellationToken) => Task.FromResult(Completes(crc));

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
