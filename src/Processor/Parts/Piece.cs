namespace Archiver.Processor.Parts;

/// <summary>What a run of bytes is: content of an entry, or framing. Only the layout distinguishes kinds of framing.</summary>
public enum PieceKind : byte
{
    /// <summary>Content of an entry.</summary>
    Content,

    /// <summary>What precedes an entry's content.</summary>
    Header,

    /// <summary>What fills the space after an entry's content.</summary>
    Padding,

    /// <summary>An entry's record in a directory.</summary>
    Directory,

    /// <summary>What ends the archive.</summary>
    End,
}

/// <summary>A run of bytes of one kind within a part.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Entry">The entry that it belongs to; meaningless at the archive's end.</param>
/// <param name="Skip">How many bytes of the content or framing are in earlier parts.</param>
/// <param name="Length">The number of bytes.</param>
/// <param name="At">Where it begins in the part.</param>
public readonly record struct Piece(PieceKind Kind, int Entry, long Skip, long Length, long At)
{
    /// <summary>The entries whose digests must be known before this framing can be written.</summary>
    public EntryRange Awaits { get; init; }

    /// <summary>Whether its last byte is the entry's last: of its content, or of its header if it has no content.</summary>
    public bool EndsEntry { get; init; }

    /// <summary>Whether it is read from a source; everything else is written by the layout.</summary>
    public bool IsContent => Kind == PieceKind.Content;

    /// <summary>The piece of a run of bytes that is in a part; null if none is.</summary>
    /// <param name="part">The part.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="entry">The entry that it belongs to.</param>
    /// <param name="start">Where it begins in the archive.</param>
    /// <param name="end">Where it ends in the archive, exclusive.</param>
    public static Piece? Within(Part part, PieceKind kind, int entry, long start, long end)
    {
        var from = Math.Max(start, part.Offset);
        var to = Math.Min(end, part.End);
        return from < to ? new Piece(kind, entry, from - start, to - from, from - part.Offset) : null;
    }
}
