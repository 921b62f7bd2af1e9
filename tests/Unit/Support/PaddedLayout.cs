using System.Buffers.Binary;
using System.Text;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;

namespace Archiver.Tests.Support;

/// <summary>
/// A format as unlike zip as can be: headers of a fixed width that await nothing, content that is padded to whole blocks, and an end that
/// awaits the digests of all entries.
/// </summary>
internal sealed class PaddedLayout : IArchiveLayout
{
    private const int Block = 64;

    private readonly ArchivePlan _plan;
    private readonly int[] _order;
    private readonly long[] _starts;

    public PaddedLayout(ArchivePlan plan, long leastPart)
    {
        _plan = plan;
        _order = PhysicalOrder.Of(
            plan.Count, leastPart, SizeOf, static _ => Block, i => plan.Entries[i].Content.Text is { Awaits.Count: > 0 })
            ?? [.. Enumerable.Range(0, plan.Count)];
        _starts = new long[plan.Count + 1];
        for (var place = 0; place < plan.Count; place++)
            _starts[place + 1] = _starts[place] + Block + ((SizeOf(_order[place]) + Block - 1) / Block * Block);
    }

    public int Count => _plan.Count;

    public long Length => EntriesEnd + Block;

    public long EntriesEnd => _starts[^1];

    public int LongestHeader => Block;

    public long SizeOf(int entry) => _plan.Entries[entry].Size;

    public long HeaderOffset(int entry) => _starts[Array.IndexOf(_order, entry)];

    public long ContentOffset(int entry) => HeaderOffset(entry) + Block;

    public long ContentEnd(int entry) => ContentOffset(entry) + SizeOf(entry);

    public int EntryAt(long offset) => EntriesFrom(offset).First();

    public IEnumerable<int> EntriesFrom(long offset) => _order.Where((_, place) => _starts[place + 1] > offset);

    public IEnumerable<Piece> PiecesOf(Part part)
    {
        foreach (var i in EntriesFrom(part.Offset).TakeWhile(i => HeaderOffset(i) < part.End))
        {
            if (Piece.Within(part, PieceKind.Header, i, HeaderOffset(i), ContentOffset(i)) is { } header)
                yield return header with { EndsEntry = SizeOf(i) == 0 && part.End >= ContentOffset(i) };
            if (Piece.Within(part, PieceKind.Content, i, ContentOffset(i), ContentEnd(i)) is { } content)
                yield return content with { EndsEntry = part.End >= ContentEnd(i) };
            if (Piece.Within(part, PieceKind.Padding, i, ContentEnd(i), _starts[Array.IndexOf(_order, i) + 1]) is { } padding)
                yield return padding;
        }
        if (Piece.Within(part, PieceKind.End, 0, EntriesEnd, Length) is { } end)
            yield return end with { Awaits = new EntryRange(0, Count) };
    }

    public void Write(in Piece framing, IEntryDigests digests, Span<byte> target)
    {
        Span<byte> block = stackalloc byte[Block];
        block.Clear();
        switch (framing.Kind)
        {
            case PieceKind.Header: WriteHeader(_plan.Entries[framing.Entry], block); break;
            case PieceKind.Padding: break;
            case PieceKind.End: WriteEnd(digests, block); break;
            default: throw new ArgumentException("There is no such framing.", nameof(framing));
        }
        block.Slice((int)framing.Skip, (int)framing.Length).CopyTo(target);
    }

    private static void WriteHeader(in PlannedEntry entry, Span<byte> block)
    {
        BinaryPrimitives.WriteInt64BigEndian(block, entry.Size);
        BinaryPrimitives.WriteInt64BigEndian(block[8..], entry.Content.ModifiedUnixSeconds);
        Encoding.UTF8.TryGetBytes(entry.Name.AsSpan(0, Math.Min(entry.Name.Length, 16)), block[16..], out _);
    }

    private void WriteEnd(IEntryDigests digests, Span<byte> block)
    {
        var all = 17u;
        for (var i = 0; i < Count; i++)
            all = (all * 31) + digests.CrcOf(i);
        BinaryPrimitives.WriteUInt32BigEndian(block[^4..], all);
    }
}
