namespace Archiver.Processor.Zip;

/// <summary>
/// Where every byte of an archive of stored entries stands, before a byte of content is read: local header and content of each
/// entry, one entry after another; the central directory; the end records. The same entries give the same layout.
/// </summary>
public sealed class ZipLayout
{
    private readonly IReadOnlyList<ZipEntry> _entries;
    private readonly long[] _headerOffsets;
    private readonly long[] _centralOffsets;

    /// <summary>Lays out the entries in their order.</summary>
    public ZipLayout(IReadOnlyList<ZipEntry> entries)
    {
        _entries = entries;
        _headerOffsets = new long[entries.Count + 1];
        _centralOffsets = new long[entries.Count + 1];
        for (var i = 0; i < entries.Count; i++)
            _headerOffsets[i + 1] = _headerOffsets[i] + LocalHeader.SizeOf(entries[i], entries[i].Size) + entries[i].Size;
        _centralOffsets[0] = _headerOffsets[^1];
        for (var i = 0; i < entries.Count; i++)
            _centralOffsets[i + 1] = _centralOffsets[i] + CentralHeader.SizeOf(entries[i], entries[i].Size, _headerOffsets[i]);
        Length = EndOffset + EndRecords.SizeOf(Count, DirectoryOffset, DirectorySize);
    }

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Bytes in the whole archive.</summary>
    public long Length { get; }

    /// <summary>Where the central directory begins: behind the content of the last entry.</summary>
    public long DirectoryOffset => _headerOffsets[^1];

    /// <summary>Where the end records begin: behind the central directory.</summary>
    public long EndOffset => _centralOffsets[^1];

    private long DirectorySize => EndOffset - DirectoryOffset;

    /// <summary>An entry.</summary>
    public ZipEntry Entry(int index) => _entries[index];

    /// <summary>Where an entry's local header begins; for the number of entries, where the central directory does.</summary>
    public long HeaderOffset(int index) => _headerOffsets[index];

    /// <summary>Where an entry's content begins.</summary>
    public long DataOffset(int index) => _headerOffsets[index + 1] - _entries[index].Size;

    /// <summary>Where an entry's record in the central directory begins.</summary>
    public long CentralOffset(int index) => _centralOffsets[index];

    /// <summary>The entry whose local header or content holds this byte, by binary search.</summary>
    public int EntryAt(long offset) => Search(_headerOffsets, offset);

    /// <summary>The entry whose central directory record holds this byte, by binary search.</summary>
    public int CentralEntryAt(long offset) => Search(_centralOffsets, offset);

    /// <summary>Writes an entry's local header.</summary>
    public void WriteLocalHeader(int index, uint crc, Span<byte> target)
    {
        var entry = _entries[index];
        LocalHeader.Write(target, entry, EntryContent.Stored(entry, crc), entry.Size);
    }

    /// <summary>Writes an entry's record in the central directory.</summary>
    public void WriteCentralHeader(int index, uint crc, Span<byte> target)
    {
        var entry = _entries[index];
        CentralHeader.Write(target, entry, EntryContent.Stored(entry, crc), _headerOffsets[index]);
    }

    /// <summary>Writes the end records.</summary>
    public void WriteEnd(Span<byte> target) => EndRecords.Write(target, Count, DirectoryOffset, DirectorySize);

    private static int Search(long[] starts, long offset)
    {
        var found = Array.BinarySearch(starts, offset);
        return found >= 0 ? found : ~found - 1;
    }
}
