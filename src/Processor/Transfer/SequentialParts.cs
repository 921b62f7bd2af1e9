using System.Collections.Concurrent;
using System.IO.Hashing;
using Archiver.Processor.Parts;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Transfer;

/// <summary>
/// Cuts a sequence of bytes into parts, and stores full ones while the next are filled. Space can be reserved for bytes that are known
/// later; a part with reserved space waits for them. Three buffers are enough, because reserved space spans at most two parts.
/// </summary>
/// <param name="pool">Buffers of the size of a part.</param>
/// <param name="partSize">Bytes of every part but the last.</param>
/// <param name="begin">Begins the upload; its argument is whether there is only one part.</param>
/// <param name="group">Runs the transfers of the parts.</param>
internal sealed class SequentialParts(BufferPool pool, int partSize, Func<bool, Task<IArchiveUpload>> begin, TransferGroup group)
{
    private readonly List<OpenPart> _open = [];
    private readonly ConcurrentDictionary<int, (uint Crc, long Length)> _stored = new();

    /// <summary>The number of bytes so far.</summary>
    public long Position { get; private set; }

    /// <summary>The upload; null until a part is ready to be stored.</summary>
    public Task<IArchiveUpload>? Upload { get; private set; }

    /// <summary>The CRC-32 of everything stored so far.</summary>
    public uint Crc => _stored.OrderBy(static part => part.Key)
        .Aggregate(0u, static (whole, part) => Crc32Combine.Combine(whole, part.Value.Crc, part.Value.Length));

    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var part = await CurrentAsync().ConfigureAwait(false);
            var count = Math.Min(bytes.Length, partSize - part.Filled);
            bytes[..count].CopyTo(part.Buffer.AsMemory(part.Filled));
            Advance(part, count);
            bytes = bytes[count..];
        }
    }

    /// <summary>Reserves space for bytes that are known later.</summary>
    /// <returns>The position of the space.</returns>
    public async ValueTask<long> ReserveAsync(int length)
    {
        var start = Position;
        while (length > 0)
        {
            var part = await CurrentAsync().ConfigureAwait(false);
            part.Reservations++;
            var count = Math.Min(length, partSize - part.Filled);
            Advance(part, count);
            length -= count;
        }
        return start;
    }

    /// <summary>Fills reserved space.</summary>
    public void Fill(long start, ReadOnlySpan<byte> bytes)
    {
        foreach (var part in _open.ToList())
        {
            var from = Math.Max(start, part.Start);
            var to = Math.Min(start + bytes.Length, part.Start + part.Filled);
            if (from >= to)
                continue;
            bytes.Slice((int)(from - start), (int)(to - from)).CopyTo(part.Buffer.AsSpan((int)(from - part.Start)));
            part.Reservations--;
            StoreIfReady(part, isLast: false);
        }
    }

    /// <summary>Stores what is left.</summary>
    public void End()
    {
        foreach (var part in _open.ToList())
            StoreIfReady(part, isLast: true);
    }

    private async ValueTask<OpenPart> CurrentAsync()
    {
        if (_open is [.., var last] && last.Filled < partSize)
            return last;
        var buffer = await pool.RentAsync(group.Token).ConfigureAwait(false);
        var next = new OpenPart(buffer, (int)(Position / partSize) + 1, Position);
        _open.Add(next);
        return next;
    }

    private void Advance(OpenPart part, int count)
    {
        part.Filled += count;
        Position += count;
        StoreIfReady(part, isLast: false);
    }

    private void StoreIfReady(OpenPart part, bool isLast)
    {
        if (part.Reservations > 0 || (part.Filled < partSize && !isLast))
            return;
        _open.Remove(part);
        // The first part to be stored begins the upload; the others wait for it.
        var upload = Upload ??= begin(isLast && part.Number == 1);
        group.Start(token => StoreAsync(part, upload, token));
    }

    private async Task StoreAsync(OpenPart part, Task<IArchiveUpload> begun, CancellationToken cancellationToken)
    {
        try
        {
            var upload = await begun.ConfigureAwait(false);
            var bytes = part.Buffer.AsMemory(0, part.Filled);
            var crc = Crc32.HashToUInt32(bytes.Span);
            await upload.WriteAsync(new Part(part.Number, part.Start, part.Filled), bytes, crc, cancellationToken).ConfigureAwait(false);
            _stored[part.Number] = (crc, part.Filled);
        }
        finally
        {
            pool.Return(part.Buffer);
        }
    }

    private sealed class OpenPart(byte[] buffer, int number, long start)
    {
        public byte[] Buffer { get; } = buffer;

        public int Number { get; } = number;

        public long Start { get; } = start;

        public int Filled { get; set; }

        public int Reservations { get; set; }
    }
}
