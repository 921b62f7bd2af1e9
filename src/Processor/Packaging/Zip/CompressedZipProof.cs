using System.IO.Compression;
using System.IO.Hashing;
using Archiver.Processor.Planning;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>Proves a zip with compressed entries, by reading and decompressing it.</summary>
internal sealed class CompressedZipProof(ArchivePlan plan)
{
    private readonly GrowingZip _zip = new(plan);

    /// <exception cref="InvalidDataException">It is damaged, or is another archive.</exception>
    public async Task ReadAsync(FoundArchive found, CancellationToken cancellationToken)
    {
        var tail = new byte[(int)Math.Min(EndRecords.LongestSize, found.Length)];
        await found.ReadAsync(found.Length - tail.Length, tail).ConfigureAwait(false);
        if (DirectoryReader.FindStart(tail) is not { } start || start < 0 || start > found.Length)
            throw new InvalidDataException("it is not an archive");
        var offsets = new long[plan.Count + 1];
        var contents = await DirectoryReader.ReadAsync(plan, start, found, OffsetOf, cancellationToken).ConfigureAwait(false);
        if (EndOf(plan.Count - 1, offsets[plan.Count - 1], contents[^1]) != start)
            throw new InvalidDataException("its entries do not end where its directory begins");

        using var bytes = found.Range(0, start);
        var buffer = new byte[1 << 16];
        for (var i = 0; i < plan.Count; i++)
        {
            await CheckHeaderAsync(bytes, i, contents[i], cancellationToken).ConfigureAwait(false);
            bytes.Limit = contents[i].CompressedSize;
            await CheckContentAsync(bytes, plan.Entries[i], contents[i], buffer, cancellationToken).ConfigureAwait(false);
        }

        long OffsetOf(int entry, ZipContent[] before) =>
            offsets[entry] = entry == 0 ? 0 : EndOf(entry - 1, offsets[entry - 1], before[entry - 1]);
    }

    private long EndOf(int entry, long offset, ZipContent content) => offset + _zip.HeaderSize(entry) + content.CompressedSize;

    private async Task CheckHeaderAsync(FoundBytes bytes, int entry, ZipContent content, CancellationToken cancellationToken)
    {
        var due = _zip.Header(entry, content);
        var header = new byte[due.Length];
        bytes.Limit = header.Length;
        await bytes.ReadExactlyAsync(header, cancellationToken).ConfigureAwait(false);
        if (!header.AsSpan().SequenceEqual(due))
            throw new InvalidDataException($"the header of {plan.Entries[entry].Name} is damaged");
    }

    private static async Task CheckContentAsync(
        FoundBytes bytes, PlannedEntry entry, ZipContent content, byte[] buffer, CancellationToken cancellationToken)
    {
        using Stream? inflated = content.Method == ZipFormat.Stored
            ? null
            : new DeflateStream(bytes, CompressionMode.Decompress, leaveOpen: true);
        var plain = inflated ?? bytes;
        var crc = new Crc32();
        var size = 0L;
        while (await plain.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var count and > 0 && (size += count) <= entry.Size)
            crc.Append(buffer.AsSpan(0, count));
        if (bytes.Limit != 0 || size != entry.Size || crc.GetCurrentHashAsUInt32() != content.Crc)
            throw new InvalidDataException($"the content of {entry.Name} is damaged");
    }
}
