using Archiver.Processor.Packaging.Zip;

namespace Archiver.Processor.Parts;

/// <summary>What a piece of an archive is.</summary>
public enum PieceKind
{
    /// <summary>Bytes of an entry's local header.</summary>
    LocalHeader,

    /// <summary>Bytes of an entry's content.</summary>
    Data,

    /// <summary>Bytes of an entry's record in the central directory.</summary>
    CentralHeader,

    /// <summary>Bytes of the end records.</summary>
    End,
}

/// <summary>A run of bytes of one kind within a part.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Entry">Whose it is; meaningless for the end records.</param>
/// <param name="Skip">How many bytes of the header or content stand in earlier parts.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="At">Where it begins in the part.</param>
public readonly record struct Piece(PieceKind Kind, int Entry, long Skip, long Length, long At);

/// <summary>Takes a part of an archive to pieces.</summary>
public static class PartContent
{
    /// <summary>The pieces of a part in order; empty ones are left out.</summary>
    public static IEnumerable<Piece> Of(ZipLayout layout, Part part)
    {
        if (part.Offset < layout.DirectoryOffset)
        {
            foreach (var i in layout.EntriesFrom(part.Offset))
            {
                if (layout.HeaderOffset(i) >= part.End)
                    break;
                if (Overlap(PieceKind.LocalHeader, i, layout.HeaderOffset(i), layout.DataOffset(i), part) is { } header)
                    yield return header;
                if (Overlap(PieceKind.Data, i, layout.DataOffset(i), layout.DataEnd(i), part) is { } data)
                    yield return data;
            }
        }
        if (part.End > layout.DirectoryOffset && part.Offset < layout.EndOffset)
        {
            for (var i = layout.CentralEntryAt(Math.Max(part.Offset, layout.DirectoryOffset)); i < layout.Count && layout.CentralOffset(i) < part.End; i++)
                if (Overlap(PieceKind.CentralHeader, i, layout.CentralOffset(i), layout.CentralOffset(i + 1), part) is { } record)
                    yield return record;
        }
        if (Overlap(PieceKind.End, 0, layout.EndOffset, layout.Length, part) is { } end)
            yield return end;
    }

    /// <summary>Writes a piece that is not content.</summary>
    /// <param name="layout">The archive's layout.</param>
    /// <param name="piece">A header or end record.</param>
    /// <param name="crc">The CRC-32 of the piece's entry.</param>
    /// <param name="target">The piece's own bytes in the part.</param>
    public static void Write(ZipLayout layout, Piece piece, uint crc, Span<byte> target)
    {
        var size = piece.Kind switch
        {
            PieceKind.LocalHeader => layout.DataOffset(piece.Entry) - layout.HeaderOffset(piece.Entry),
            PieceKind.CentralHeader => layout.CentralOffset(piece.Entry + 1) - layout.CentralOffset(piece.Entry),
            _ => layout.Length - layout.EndOffset,
        };
        // A header may be cut by a part's end: then it is written whole elsewhere, and the part takes its share.
        var whole = size == piece.Length ? target : new byte[size];
        switch (piece.Kind)
        {
            case PieceKind.LocalHeader: layout.WriteLocalHeader(piece.Entry, crc, whole); break;
            case PieceKind.CentralHeader: layout.WriteCentralHeader(piece.Entry, crc, whole); break;
            case PieceKind.End: layout.WriteEnd(whole); break;
            default: throw new ArgumentException("Content is read, not written.", nameof(piece));
        }
        if (size != piece.Length)
            whole.Slice((int)piece.Skip, (int)piece.Length).CopyTo(target);
    }

    private static Piece? Overlap(PieceKind kind, int entry, long start, long end, Part part)
    {
        var from = Math.Max(start, part.Offset);
        var to = Math.Min(end, part.End);
        return from < to ? new Piece(kind, entry, from - start, to - from, from - part.Offset) : null;
    }
}
