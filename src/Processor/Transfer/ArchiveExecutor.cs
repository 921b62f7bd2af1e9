using System.IO.Hashing;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;
using Serilog;

namespace Archiver.Processor.Transfer;

/// <summary>
/// Transfers the parts of an archive from their sources to its store, many at once, within a memory budget. Parts that the store copies
/// need no memory.
/// <para>
/// Parts take their buffers in the order of their numbers. That is what prevents a deadlock if the budget is small. A part waits only for
/// entries before it, whose parts already have buffers, or for the digest of an entry that continues after it. Such an entry fills all
/// transferred parts from there on, so only the parts that hold its header can wait for a part without a buffer. With one buffer more than
/// the number of those parts, some part can always proceed.
/// </para>
/// </summary>
/// <param name="sources">Where content is read from.</param>
/// <param name="plan">Which content.</param>
/// <param name="layout">Where it is placed in the archive.</param>
/// <param name="memoryBudget">Bytes of buffers; there is always one more buffer than there are parts that can wait for one entry.</param>
/// <param name="parallelism">The most concurrent reads.</param>
/// <param name="progress">Counts what is done.</param>
/// <param name="smallestBuffer">The smallest buffer, in bytes, however small the budget.</param>
/// <param name="log">For parts that could not be copied.</param>
internal sealed class ArchiveExecutor(
    ISourceStore sources, ArchivePlan plan, IArchiveLayout layout, long memoryBudget, int parallelism, TransferProgress progress,
    int smallestBuffer = 1 << 16, ILogger? log = null)
{
    // Average bytes of a piece.
    private const int WorthJoining = 1 << 16;

    private readonly EntryReader _entries = new(sources, plan);

    /// <summary>Transfers all parts.</summary>
    /// <returns>The CRC-32 of the whole archive.</returns>
    public async Task<uint> CarryAsync(IReadOnlyList<Part> parts, IArchiveUpload upload, CancellationToken cancellationToken)
    {
        var crcs = new uint[parts.Count];
        var buffers = BufferPlan.For(layout, parts, memoryBudget, parallelism, smallestBuffer);
        using var pool = new BufferPool(buffers.Size, buffers.Count);
        using var reads = new SemaphoreSlim(parallelism);
        // A copy moves no bytes through this process, so twice as many may run.
        using var copies = new SemaphoreSlim(2 * parallelism);
        using var copier = new PartCopier(_entries, layout, log ?? Serilog.Core.Logger.None);
        using var group = new TransferGroup(cancellationToken);

        group.Start(async token =>
        {
            foreach (var part in parts.Where(static part => part.IsCopied))
            {
                await copies.WaitAsync(token).ConfigureAwait(false);
                group.Start(other => EndAsync(part, copier.CopyAsync(part, upload, other), () => copies.Release()));
            }
        });
        group.Start(async token =>
        {
            foreach (var part in parts.Where(static part => !part.IsCopied))
            {
                if (TakeStored(part, upload) is { } stored)
                {
                    await EndAsync(part, Task.FromResult(stored), static () => { }).ConfigureAwait(false);
                    continue;
                }
                var buffer = await pool.RentAsync(token).ConfigureAwait(false);
                group.Start(other => EndAsync(part, CarryOneAsync(part, buffer, upload, reads, other), () => pool.Return(buffer)));
            }
        });
        await group.EndAsync().ConfigureAwait(false);
        return Combine(parts, crcs);

        async Task EndAsync(Part part, Task<uint> transfer, Action release)
        {
            try
            {
                crcs[part.Number - 1] = await transfer.ConfigureAwait(false);
                Count(part);
            }
            finally
            {
                release();
            }
        }
    }

    // A part that an earlier attempt stored need not even be read if its checksum is that of a range of one entry.
    private uint? TakeStored(Part part, IArchiveUpload upload)
    {
        if (upload.StoredCrc(part) is not { } crc)
            return null;
        if (layout.PiecesOf(part).First() is not { IsContent: true } piece || piece.Length != part.Length)
            return null;
        _entries.Checksums.Report(piece.Entry, piece.Skip, piece.Length, crc);
        return crc;
    }

    private Task<uint> CarryOneAsync(
        Part part, byte[] buffer, IArchiveUpload upload, SemaphoreSlim reads, CancellationToken cancellationToken) =>
        part.Length <= buffer.Length
            ? CarryBufferedAsync(part, buffer, upload, reads, cancellationToken)
            : new StreamedPart(_entries, layout, part, buffer).CarryAsync(upload, cancellationToken);

    private async Task<uint> CarryBufferedAsync(
        Part part, byte[] buffer, IArchiveUpload upload, SemaphoreSlim reads, CancellationToken cancellationToken)
    {
        var bytes = buffer.AsMemory(0, (int)part.Length);
        var pieces = layout.PiecesOf(part).ToList();
        var crcs = await ReadAsync(pieces, bytes, reads, cancellationToken).ConfigureAwait(false);
        foreach (var piece in pieces.Where(static piece => !piece.IsContent))
        {
            await _entries.Checksums.KnowAsync(piece.Awaits, cancellationToken).ConfigureAwait(false);
            layout.Write(piece, _entries.Checksums, SliceOf(bytes, piece).Span);
        }
        var crc = Checksum(pieces, crcs, bytes);
        await upload.WriteAsync(part, bytes, crc, cancellationToken).ConfigureAwait(false);
        return crc;
    }

    /// <summary>Reads the content of a part.</summary>
    /// <returns>The CRC-32 of each piece of content; 0 for framing.</returns>
    private async Task<uint[]> ReadAsync(List<Piece> pieces, Memory<byte> part, SemaphoreSlim reads, CancellationToken cancellationToken)
    {
        var crcs = new uint[pieces.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, pieces.Count).Where(i => pieces[i].IsContent), options, async (i, token) =>
        {
            var piece = pieces[i];
            var target = SliceOf(part, piece);
            await _entries.ReadyAsync(piece.Entry, token).ConfigureAwait(false);
            await reads.WaitAsync(token).ConfigureAwait(false);
            try
            {
                await _entries.ReadAsync(piece.Entry, piece.Skip, target, token).ConfigureAwait(false);
            }
            finally
            {
                reads.Release();
            }
            crcs[i] = Crc32.HashToUInt32(target.Span);
            _entries.Checksums.Report(piece.Entry, piece.Skip, target.Length, crcs[i]);
        }).ConfigureAwait(false);
        return crcs;
    }

    // Large pieces are not hashed again: combining checksums costs a microsecond each. Many small ones are hashed faster than combined.
    private static uint Checksum(List<Piece> pieces, uint[] crcs, Memory<byte> part)
    {
        if (part.Length / pieces.Count < WorthJoining)
            return Crc32.HashToUInt32(part.Span);
        var whole = 0u;
        for (var i = 0; i < pieces.Count; i++)
        {
            var crc = pieces[i].IsContent ? crcs[i] : Crc32.HashToUInt32(SliceOf(part, pieces[i]).Span);
            whole = Crc32Combine.Combine(whole, crc, pieces[i].Length);
        }
        return whole;
    }

    private static Memory<byte> SliceOf(Memory<byte> part, Piece piece) => part.Slice((int)piece.At, (int)piece.Length);

    private void Count(Part part)
    {
        var bytes = 0L;
        var entries = 0L;
        foreach (var piece in layout.PiecesOf(part))
        {
            bytes += piece.IsContent ? piece.Length : 0;
            entries += piece.EndsEntry ? 1 : 0;
        }
        progress.Add(bytes, entries);
    }

    private static uint Combine(IReadOnlyList<Part> parts, uint[] crcs)
    {
        var whole = 0u;
        for (var i = 0; i < parts.Count; i++)
            whole = Crc32Combine.Combine(whole, crcs[i], parts[i].Length);
        return whole;
    }
}
