using Archiver.Processor.Parts;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>
/// Where every byte of an archive of stored entries stands, before a byte of content is read: local header and content of each
/// entry, one entry after another in an order of their own (<see cref="PhysicalOrder"/>); the central directory, in the request's
/// order; the end records. The same entries give the same layout.
/// </summary>
public sealed class ZipLayout
{
    private readonly IReadOnlyList<ZipEntry> _entries;
    private readonly long[] _starts;
    private readonly long[] _centralOffsets;
    // Which entry stands at a place, and the place of an entry; null when they stand in the request's order.
    private readonly int[]? _order;
    private readonly int[]? _places;

    /// <summary>Lays out the entries.</summary>
    /// <param name="entries">The entries in the request's order.</param>
    /// <param name="leastPart">The fewest bytes of a part, in stores that have such a limit.</param>
    public ZipLayout(IReadOnlyList<ZipEntry> entries, long leastPart = PartLimits.LeastOfS3)
    {
        _entries = entries;
        _order = PhysicalOrder.Of(entries, leastPart);
        _places = Inverse(_order);
        _starts = new long[entries.Count + 1];
        _centralOffsets = new long[entries.Count + 1];
        for (var place = 0; place < entries.Count; place++)
        {
            var entry = entries[At(place)];
            _starts[place + 1] = _starts[place] + LocalHeader.SizeOf(entry, entry.Size) + entry.Size;
        }
        _centralOffsets[0] = DirectoryOffset;
        for (var i = 0; i < entries.Count; i++)
            _centralOffsets[i + 1] = _centralOffsets[i] + CentralHeader.SizeOf(entries[i], entries[i].Size, HeaderOffset(i));
        Length = EndOffset + EndRecords.SizeOf(Count, DirectoryOffset, DirectorySize);
    }

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Count;

    /// <summary>Bytes in the whole archive.</summary>
    public long Length { get; }

    /// <summary>Where the central directory begins: behind the content of all entries.</summary>
    public long DirectoryOffset => _starts[^1];

    /// <summary>Where the end records begin: behind the central directory.</summary>
    public long EndOffset => _centralOffsets[^1];

    private long DirectorySize => EndOffset - DirectoryOffset;

    /// <summary>An entry.</summary>
    public ZipEntry Entry(int index) => _entries[index];

    /// <summary>Where an entry's local header begins.</summary>
    public long HeaderOffset(int index) => _starts[PlaceOf(index)];

    /// <summary>Where an entry's content begins.</summary>
    public long DataOffset(int index) => DataEnd(index) - _entries[index].Size;

    /// <summary>The byte behind an entry's content, where the next local header or the central directory begins.</summary>
    public long DataEnd(int index) => _starts[PlaceOf(index) + 1];

    /// <summary>Where an entry's record in the central directory begins.</summary>
    public long CentralOffset(int index) => _centralOffsets[index];

    /// <summary>The entry whose local header or content holds this byte, by binary search.</summary>
    public int EntryAt(long offset) => At(Search(_starts, offset));

    /// <summary>The entries in the order in which they stand, from the one that holds this byte.</summary>
    public IEnumerable<int> EntriesFrom(long offset)
    {
        for (var place = Search(_starts, offset); place < Count; place++)
            yield return At(place);
    }

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
        CentralHeader.Write(target, entry, EntryContent.Stored(entry, crc), HeaderOffset(index));
    }

    /// <summary>Writes the end records.</summary>
    public void WriteEnd(Span<byte> target) => EndRecords.Write(target, Count, DirectoryOffset, DirectorySize);

    private int At(int place) => _order?[place] ?? place;

    private int PlaceOf(int index) => _places?[index] ?? index;

    private static int[]? Inverse(int[]? order)
    {
        if (order is null)
            return null;
        var places = new int[order.Length];
        for (var place = 0; place < order.Length; place++)
            places[order[place]] = place;
        return places;
    }

    private static int Search(long[] starts, long offset)
    {
        var found = Array.BinarySearch(starts, offset);
        return found >= 0 ? found : ~found - 1;
    }
}
