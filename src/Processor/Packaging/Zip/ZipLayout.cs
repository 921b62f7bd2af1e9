using Archiver.Processor.Parts;
using Archiver.Processor.Planning;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>
/// The layout of a zip with stored entries: the local header and content of each entry, in <see cref="PhysicalOrder"/>; the central
/// directory, in the request's order; the end records. The same entries always give the same layout.
/// </summary>
public sealed class ZipLayout : IArchiveLayout
{
    private readonly IReadOnlyList<ZipEntry> _entries;
    private readonly long[] _starts;
    private readonly long[] _centralOffsets;
    // The entry at each place, and the place of each entry; null if they are in the request's order.
    private readonly int[]? _order;
    private readonly int[]? _places;

    /// <param name="plan">The plan.</param>
    /// <param name="leastPart">The fewest bytes of a part, in stores that have such a limit.</param>
    public ZipLayout(ArchivePlan plan, long leastPart = PartLimits.LeastOfS3)
        : this(new ZipEntries(plan), leastPart)
    {
    }

    /// <param name="entries">The entries in the request's order.</param>
    /// <param name="leastPart">The fewest bytes of a part, in stores that have such a limit.</param>
    public ZipLayout(IReadOnlyList<ZipEntry> entries, long leastPart = PartLimits.LeastOfS3)
    {
        _entries = entries;
        _order = PhysicalOrder.Of(
            entries.Count, leastPart, SizeOf, i => LocalHeader.SizeOf(entries[i], entries[i].Size), i => entries[i].AwaitsOthers);
        _places = Inverse(_order);
        _starts = new long[entries.Count + 1];
        _centralOffsets = new long[entries.Count + 1];
        for (var place = 0; place < entries.Count; place++)
        {
            var entry = entries[At(place)];
            _starts[place + 1] = _starts[place] + LocalHeader.SizeOf(entry, entry.Size) + entry.Size;
        }
        _centralOffsets[0] = EntriesEnd;
        for (var i = 0; i < entries.Count; i++)
            _centralOffsets[i + 1] = _centralOffsets[i] + CentralHeader.SizeOf(entries[i], entries[i].Size, HeaderOffset(i));
        Length = EndOffset + EndRecords.SizeOf(Count, EntriesEnd, DirectorySize);
    }

    /// <inheritdoc />
    public int Count => _entries.Count;

    /// <inheritdoc />
    public long Length { get; }

    /// <summary>Where the central directory begins, after the content of all entries.</summary>
    public long EntriesEnd => _starts[^1];

    /// <summary>Where the end records begin, after the central directory.</summary>
    public long EndOffset => _centralOffsets[^1];

    /// <inheritdoc />
    public int LongestHeader => LocalHeader.LongestSize;

    private long DirectorySize => EndOffset - EntriesEnd;

    /// <inheritdoc />
    public long SizeOf(int entry) => _entries[entry].Size;

    /// <inheritdoc />
    public long HeaderOffset(int entry) => _starts[PlaceOf(entry)];

    /// <inheritdoc />
    public long ContentOffset(int entry) => ContentEnd(entry) - _entries[entry].Size;

    /// <inheritdoc />
    public long ContentEnd(int entry) => _starts[PlaceOf(entry) + 1];

    /// <summary>Where an entry's record in the central directory begins.</summary>
    public long CentralOffset(int entry) => _centralOffsets[entry];

    /// <inheritdoc />
    public int EntryAt(long offset) => At(Search(_starts, offset));

    /// <inheritdoc />
    public IEnumerable<int> EntriesFrom(long offset)
    {
        for (var place = Search(_starts, offset); place < Count; place++)
            yield return At(place);
    }

    /// <summary>The entry whose central directory record contains this byte.</summary>
    public int CentralEntryAt(long offset) => Search(_centralOffsets, offset);

    /// <inheritdoc />
    public IEnumerable<Piece> PiecesOf(Part part)
    {
        if (part.Offset < EntriesEnd)
        {
            foreach (var i in EntriesFrom(part.Offset))
            {
                if (HeaderOffset(i) >= part.End)
                    break;
                if (Piece.Within(part, PieceKind.Header, i, HeaderOffset(i), ContentOffset(i)) is { } header)
                    yield return header with { Awaits = EntryRange.Of(i), EndsEntry = SizeOf(i) == 0 && part.End >= ContentOffset(i) };
                if (Piece.Within(part, PieceKind.Content, i, ContentOffset(i), ContentEnd(i)) is { } content)
                    yield return content with { EndsEntry = part.End >= ContentEnd(i) };
            }
        }
        if (part.End > EntriesEnd && part.Offset < EndOffset)
        {
            for (var i = CentralEntryAt(Math.Max(part.Offset, EntriesEnd)); i < Count && CentralOffset(i) < part.End; i++)
                if (Piece.Within(part, PieceKind.Directory, i, CentralOffset(i), CentralOffset(i + 1)) is { } record)
                    yield return record with { Awaits = EntryRange.Of(i) };
        }
        if (Piece.Within(part, PieceKind.End, 0, EndOffset, Length) is { } end)
            yield return end;
    }

    /// <inheritdoc />
    public void Write(in Piece framing, IEntryDigests digests, Span<byte> target)
    {
        var size = framing.Kind switch
        {
            PieceKind.Header => ContentOffset(framing.Entry) - HeaderOffset(framing.Entry),
            PieceKind.Directory => CentralOffset(framing.Entry + 1) - CentralOffset(framing.Entry),
            _ => Length - EndOffset,
        };
        // The end of a part may cut a header: then the whole header is written elsewhere, and the part takes its share.
        var whole = size == framing.Length ? target : new byte[size];
        switch (framing.Kind)
        {
            case PieceKind.Header: WriteLocalHeader(framing.Entry, digests.CrcOf(framing.Entry), whole); break;
            case PieceKind.Directory: WriteCentralHeader(framing.Entry, digests.CrcOf(framing.Entry), whole); break;
            case PieceKind.End: WriteEnd(whole); break;
            default: throw new ArgumentException("A zip has no framing of this kind.", nameof(framing));
        }
        if (size != framing.Length)
            whole.Slice((int)framing.Skip, (int)framing.Length).CopyTo(target);
    }

    /// <summary>Writes an entry's local header.</summary>
    public void WriteLocalHeader(int entry, uint crc, Span<byte> target) =>
        LocalHeader.Write(target, _entries[entry], ZipContent.Stored(_entries[entry], crc), SizeOf(entry));

    /// <summary>Writes an entry's record in the central directory.</summary>
    public void WriteCentralHeader(int entry, uint crc, Span<byte> target) =>
        CentralHeader.Write(target, _entries[entry], ZipContent.Stored(_entries[entry], crc), HeaderOffset(entry));

    /// <summary>Writes the end records.</summary>
    public void WriteEnd(Span<byte> target) => EndRecords.Write(target, Count, EntriesEnd, DirectorySize);

    private int At(int place) => _order?[place] ?? place;

    private int PlaceOf(int entry) => _places?[entry] ?? entry;

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
