using System.Buffers.Binary;
using Archiver.Processor.Planning;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>
/// Reads the central directory of an archive and compares it, byte for byte, with the one expected from the plan. Only checksums and
/// compressed sizes are taken from the archive.
/// </summary>
internal static class DirectoryReader
{
    /// <summary>Where the directory begins, according to the end records.</summary>
    /// <param name="tail">The last bytes of the archive, at most <see cref="EndRecords.LongestSize"/>.</param>
    /// <returns>Null if they are not the end of an archive.</returns>
    public static long? FindStart(ReadOnlySpan<byte> tail)
    {
        if (tail.Length == EndRecords.LongestSize && BinaryPrimitives.ReadUInt32LittleEndian(tail) == ZipFormat.Zip64EndSignature)
            return BinaryPrimitives.ReadInt64LittleEndian(tail[48..]);
        if (tail.Length < ZipFormat.EndSize)
            return null;
        var end = tail[^ZipFormat.EndSize..];
        return BinaryPrimitives.ReadUInt32LittleEndian(end) == ZipFormat.EndSignature
            ? BinaryPrimitives.ReadUInt32LittleEndian(end[16..])
            : null;
    }

    /// <summary>Reads the directory.</summary>
    /// <param name="plan">What the archive must hold.</param>
    /// <param name="start">Where the directory begins.</param>
    /// <param name="found">The archive.</param>
    /// <param name="headerOffset">Where an entry's local header must be, given the contents of all entries before it.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The content of each entry.</returns>
    /// <exception cref="InvalidDataException">The directory is not that of this plan, or the sources have other checksums.</exception>
    public static async Task<ZipContent[]> ReadAsync(
        ArchivePlan plan, long start, FoundArchive found, Func<int, ZipContent[], long> headerOffset, CancellationToken cancellationToken)
    {
        using var directory = found.Range(start, found.Length);
        var entries = new ZipEntries(plan);
        var contents = new ZipContent[entries.Count];
        var read = new byte[CentralHeader.LongestSize];
        var due = new byte[read.Length];
        var size = 0L;
        for (var i = 0; i < entries.Count; i++)
        {
            var length = await ReadRecordAsync(directory, read, cancellationToken).ConfigureAwait(false);
            contents[i] = ContentOf(read.AsSpan(0, length), entries[i]);
            var offset = headerOffset(i, contents);
            if (length != CentralHeader.SizeOf(entries[i], contents[i].CompressedSize, offset))
                throw Mismatch(entries[i]);
            CentralHeader.Write(due, entries[i], contents[i], offset);
            if (!read.AsSpan(0, length).SequenceEqual(due.AsSpan(0, length)))
                throw Mismatch(entries[i]);
            size += length;
        }
        await CheckEndAsync(directory, entries.Count, start, size, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < contents.Length; i++)
            if (plan.Entries[i].Content.Source?.Record?.Crc is { } known && known != contents[i].Crc)
                throw new InvalidDataException(
                    $"{plan.Entries[i].Name} has the CRC-32 {contents[i].Crc:x8}, but its source has {known:x8}");
        return contents;
    }

    private static async Task<int> ReadRecordAsync(Stream directory, byte[] target, CancellationToken cancellationToken)
    {
        await directory.ReadExactlyAsync(target.AsMemory(0, ZipFormat.CentralHeaderSize), cancellationToken).ConfigureAwait(false);
        var rest = BinaryPrimitives.ReadUInt16LittleEndian(target.AsSpan(28)) + BinaryPrimitives.ReadUInt16LittleEndian(target.AsSpan(30));
        if (rest > ZipFormat.LongestRest)
            throw new InvalidDataException("its directory is damaged");
        await directory.ReadExactlyAsync(target.AsMemory(ZipFormat.CentralHeaderSize, rest), cancellationToken).ConfigureAwait(false);
        return ZipFormat.CentralHeaderSize + rest;
    }

    private static ZipContent ContentOf(ReadOnlySpan<byte> record, in ZipEntry entry)
    {
        var method = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        long compressed = BinaryPrimitives.ReadUInt32LittleEndian(record[20..]);
        if (compressed == ZipFormat.Marker32)
        {
            // It is in the zip64 field, after the entry's own size if that is too large as well.
            var at = ZipFormat.CentralHeaderSize + ZipFormat.NameLength(entry.Name) + 4 + (ZipFormat.NeedsZip64(entry.Size) ? 8 : 0);
            compressed = at + 8 <= record.Length ? BinaryPrimitives.ReadInt64LittleEndian(record[at..]) : -1;
        }
        return compressed >= 0 && (method == ZipFormat.Deflated || (method == ZipFormat.Stored && compressed == entry.Size))
            ? new ZipContent(method, BinaryPrimitives.ReadUInt32LittleEndian(record[16..]), compressed)
            : throw Mismatch(entry);
    }

    private static async Task CheckEndAsync(Stream directory, int count, long start, long size, CancellationToken cancellationToken)
    {
        var due = new byte[EndRecords.SizeOf(count, start, size)];
        EndRecords.Write(due, count, start, size);
        var read = new byte[due.Length];
        await directory.ReadExactlyAsync(read, cancellationToken).ConfigureAwait(false);
        if (!read.AsSpan().SequenceEqual(due) || await directory.ReadAsync(read, cancellationToken).ConfigureAwait(false) > 0)
            throw new InvalidDataException("its end records are damaged");
    }

    private static InvalidDataException Mismatch(in ZipEntry entry) => new($"its directory record of {entry.Name} is not the expected one");
}
