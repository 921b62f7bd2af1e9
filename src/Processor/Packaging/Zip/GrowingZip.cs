using Archiver.Processor.Planning;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>
/// The framing of a zip whose entries are compressed: it is known once they have been written, in the plan's order. Only the lengths of the
/// local headers are known beforehand, from the largest possible size of each entry.
/// </summary>
internal sealed class GrowingZip(ArchivePlan plan, int blockSize = BlockDeflater.BlockSize)
{
    private readonly ZipEntries _entries = new(plan);
    private readonly long[] _headerOffsets = new long[plan.Count];
    private readonly ZipContent[] _contents = new ZipContent[plan.Count];

    public int HeaderSize(int entry) => LocalHeader.SizeOf(_entries[entry], LargestOf(entry));

    public byte[] Header(int entry, in ZipContent content)
    {
        var header = new byte[HeaderSize(entry)];
        LocalHeader.Write(header, _entries[entry], content, LargestOf(entry));
        return header;
    }

    /// <summary>Records an entry that was written.</summary>
    /// <returns>Its local header.</returns>
    public byte[] End(int entry, long headerOffset, ZipContent content)
    {
        (_headerOffsets[entry], _contents[entry]) = (headerOffset, content);
        return Header(entry, content);
    }

    /// <summary>The directory and the end records, which follow the last entry, record by record.</summary>
    /// <param name="start">Where the directory begins.</param>
    public IEnumerable<byte[]> Directory(long start)
    {
        var size = 0L;
        for (var i = 0; i < plan.Count; i++)
        {
            var record = new byte[CentralHeader.SizeOf(_entries[i], _contents[i].CompressedSize, _headerOffsets[i])];
            CentralHeader.Write(record, _entries[i], _contents[i], _headerOffsets[i]);
            size += record.Length;
            yield return record;
        }
        var end = new byte[EndRecords.SizeOf(plan.Count, start, size)];
        EndRecords.Write(end, plan.Count, start, size);
        yield return end;
    }

    private long LargestOf(int entry) => BlockDeflater.LargestOf(plan.Entries[entry].Size, blockSize);
}
