using System.IO.Compression;
using System.IO.Hashing;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Packaging;
using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Transfer;

/// <summary>
/// Proves that an archive that was found is the one that the plan would give. Its directory holds the checksum of every entry; with stored
/// entries, these and the plan give every other byte, and so the checksum of the whole, which is held against the store's own record, or
/// against what is read where the store has none. Compressed entries are read and decompressed.
/// </summary>
/// <param name="archives">Where it is.</param>
/// <param name="plan">What it must hold.</param>
/// <param name="layout">Where; null when entries are compressed.</param>
/// <param name="memoryBudget">Bytes of buffers.</param>
/// <param name="parallelism">How many reads are under way at once.</param>
internal sealed class ArchiveCheck(IArchiveStore archives, ArchivePlan plan, ZipLayout? layout, long memoryBudget, int parallelism)
{
    private const int LargestBuffer = 8 << 20;

    private readonly int _bufferSize = (int)Math.Clamp(memoryBudget / (2 * parallelism), 1 << 16, LargestBuffer);

    /// <summary>Checks it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="found">What is known of it.</param>
    /// <param name="progress">Where to count the bytes that are read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>It, with its CRC-32 where that is known now.</returns>
    /// <exception cref="InvalidDataException">It is damaged, is another, or cannot be read: the message says so in words that follow its name.</exception>
    public async Task<StoredArchive> ProveAsync(string key, StoredArchive found, TransferProgress progress, CancellationToken cancellationToken)
    {
        async Task ReadAsync(long offset, Memory<byte> target)
        {
            await archives.ReadAsync(key, found, offset, target, cancellationToken).ConfigureAwait(false);
            progress.Add(target.Length, 0);
        }

        try
        {
            return layout is null
                ? await ProveCompressedAsync(found, ReadAsync, cancellationToken).ConfigureAwait(false)
                : await ProveStoredAsync(layout, found, ReadAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("it ends too early", error);
        }
        catch (ArchiverException error) when (error.ExitCode is ExitCode.NoPermission or ExitCode.CannotCreate)
        {
            throw new InvalidDataException($"it cannot be read: {error.Message}", error);
        }
    }

    private async Task<StoredArchive> ProveStoredAsync(ZipLayout archive, StoredArchive found, Func<long, Memory<byte>, Task> read, CancellationToken cancellationToken)
    {
        if (found.Bytes != archive.Length)
            throw new InvalidDataException($"it has {found.Bytes} bytes instead of {archive.Length}");
        var contents = await ReadDirectoryAsync(found, archive.DirectoryOffset, (i, _) => archive.HeaderOffset(i), read, cancellationToken).ConfigureAwait(false);
        var due = CrcOf(archive, contents);
        var crc = found.Crc ?? await ReadWholeAsync(found.Bytes, read, cancellationToken).ConfigureAwait(false);
        return crc == due ? found with { Crc = crc } : throw new InvalidDataException($"its CRC-32 is {crc:x8} instead of {due:x8}");
    }

    private async Task<StoredArchive> ProveCompressedAsync(StoredArchive found, Func<long, Memory<byte>, Task> read, CancellationToken cancellationToken)
    {
        var tail = new byte[(int)Math.Min(EndRecords.LongestSize, found.Bytes)];
        await read(found.Bytes - tail.Length, tail).ConfigureAwait(false);
        if (DirectoryReader.FindStart(tail) is not { } start || start < 0 || start > found.Bytes)
            throw new InvalidDataException("it is no archive");
        var offsets = new long[plan.Count + 1];
        var contents = await ReadDirectoryAsync(found, start, (i, before) => offsets[i] = i == 0 ? 0 : EndOf(i - 1, offsets[i - 1], before[i - 1]), read, cancellationToken).ConfigureAwait(false);
        if (EndOf(plan.Count - 1, offsets[plan.Count - 1], contents[^1]) != start)
            throw new InvalidDataException("its entries and its directory do not meet");

        using var bytes = new FoundBytes(read, 0, start, _bufferSize);
        var buffer = new byte[1 << 16];
        for (var i = 0; i < plan.Count; i++)
        {
            await CheckHeaderAsync(bytes, plan[i], contents[i], cancellationToken).ConfigureAwait(false);
            bytes.Limit = contents[i].CompressedSize;
            await CheckContentAsync(bytes, plan[i], contents[i], buffer, cancellationToken).ConfigureAwait(false);
        }
        return found;
    }

    private long EndOf(int entry, long offset, EntryContent content) => offset + LocalHeader.SizeOf(plan[entry], LargestOf(plan[entry])) + content.CompressedSize;

    private static long LargestOf(in ZipEntry entry) => BlockDeflater.LargestOf(entry.Size, BlockDeflater.BlockSize);

    private async Task<EntryContent[]> ReadDirectoryAsync(
        StoredArchive found, long start, Func<int, EntryContent[], long> headerOffset, Func<long, Memory<byte>, Task> read, CancellationToken cancellationToken)
    {
        using var directory = new FoundBytes(read, start, found.Bytes, _bufferSize);
        var contents = await DirectoryReader.ReadAsync(plan, start, directory, headerOffset, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < contents.Length; i++)
            if (plan.Entries[i].Source.Record?.Crc is { } known && known != contents[i].Crc)
                throw new InvalidDataException($"{plan.Entries[i].Name} has the CRC-32 {contents[i].Crc:x8}, and its source {known:x8}");
        return contents;
    }

    private static uint CrcOf(ZipLayout archive, EntryContent[] contents)
    {
        var whole = 0u;
        var header = new byte[CentralHeader.LongestSize];
        foreach (var i in archive.EntriesFrom(0))
        {
            var length = (int)(archive.DataOffset(i) - archive.HeaderOffset(i));
            archive.WriteLocalHeader(i, contents[i].Crc, header);
            whole = Crc32Combine.Combine(whole, Crc32.HashToUInt32(header.AsSpan(0, length)), length);
            whole = Crc32Combine.Combine(whole, contents[i].Crc, archive.Entry(i).Size);
        }
        var directory = new Crc32();
        for (var i = 0; i < archive.Count; i++)
        {
            var length = (int)(archive.CentralOffset(i + 1) - archive.CentralOffset(i));
            archive.WriteCentralHeader(i, contents[i].Crc, header.AsSpan(0, length));
            directory.Append(header.AsSpan(0, length));
        }
        archive.WriteEnd(header);
        directory.Append(header.AsSpan(0, (int)(archive.Length - archive.EndOffset)));
        return Crc32Combine.Combine(whole, directory.GetCurrentHashAsUInt32(), archive.Length - archive.DirectoryOffset);
    }

    private async Task<uint> ReadWholeAsync(long length, Func<long, Memory<byte>, Task> read, CancellationToken cancellationToken)
    {
        var crcs = new uint[(length + _bufferSize - 1) / _bufferSize];
        using var buffers = new BufferPool(_bufferSize, parallelism);
        long LengthOf(int range) => Math.Min(_bufferSize, length - ((long)range * _bufferSize));

        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, crcs.Length), options, async (range, token) =>
        {
            var buffer = await buffers.RentAsync(token).ConfigureAwait(false);
            var target = buffer.AsMemory(0, (int)LengthOf(range));
            await read((long)range * _bufferSize, target).ConfigureAwait(false);
            crcs[range] = Crc32.HashToUInt32(target.Span);
            buffers.Return(buffer);
        }).ConfigureAwait(false);
        return crcs.Select((crc, range) => (crc, range)).Aggregate(0u, (whole, next) => Crc32Combine.Combine(whole, next.crc, LengthOf(next.range)));
    }

    private static async Task CheckHeaderAsync(FoundBytes bytes, ZipEntry entry, EntryContent content, CancellationToken cancellationToken)
    {
        var due = new byte[LocalHeader.SizeOf(entry, LargestOf(entry))];
        LocalHeader.Write(due, entry, content, LargestOf(entry));
        var header = new byte[due.Length];
        bytes.Limit = header.Length;
        await bytes.ReadExactlyAsync(header, cancellationToken).ConfigureAwait(false);
        if (!header.AsSpan().SequenceEqual(due))
            throw new InvalidDataException($"the header of {entry.Name} is damaged");
    }

    private static async Task CheckContentAsync(FoundBytes bytes, ZipEntry entry, EntryContent content, byte[] buffer, CancellationToken cancellationToken)
    {
        using var inflated = content.Method == ZipFormat.Deflated ? new DeflateStream(bytes, CompressionMode.Decompress, leaveOpen: true) : null;
        var crc = new Crc32();
        var size = 0L;
        while (await (inflated ?? (Stream)bytes).ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0 && (size += count) <= entry.Size)
            crc.Append(buffer.AsSpan(0, count));
        if (bytes.Limit != 0 || size != entry.Size || crc.GetCurrentHashAsUInt32() != content.Crc)
            throw new InvalidDataException($"the content of {entry.Name} is damaged");
    }
}
