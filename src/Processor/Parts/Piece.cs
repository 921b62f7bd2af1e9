namespace Archiver.Processor.Parts;

/// <summary>What a run of bytes is: content of an entry, or framing. Only the layout tells one kind of framing from another.</summary>
public enum PieceKind : byte
{
    /// <summary>Content of an entry.</summary>
    Content,

    /// <summary>What stands before an entry's content.</summary>
    Header,

    /// <summary>What fills up the room behind an entry's content.</summary>
    Padding,

    /// <summary>An entry's record in a directory.</summary>
    Directory,

    /// <summary>What ends the archive.</summary>
    End,
}

/// <summary>A run of bytes of one kind within a part.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Entry">Whose it is; meaningless at the archive's end.</param>
/// <param name="Skip">How many bytes of the content or framing stand in earlier parts.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="At">Where it begins in the part.</param>
public readonly record struct Piece(PieceKind Kind, int Entry, long Skip, long Length, long At)
{
    /// <summary>The entries whose digests must be known before this framing can be written.</summary>
    public EntryRange Awaits { get; init; }

    /// <summary>Whether its last byte completes the entry: of its content, or of its header when it has none.</summary>
    public bool EndsEntry { get; init; }

    /// <summary>Whether it is read; all else is written.</summary>
    public bool IsContent => Kind == PieceKind.Content;

    /// <summary>What of a run of bytes stands in a part; null when nothing does.</summary>
    /// <param name="part">The part.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="entry">Whose it is.</param>
    /// <param name="start">Where it begins in the archive.</param>
    /// <param name="end">The byte behind its last.</param>
    public static Piece? Within(Part part, PieceKind kind, int entry, long start, long end)
    {
        var from = Math.Max(start, part.Offset);
        var to = Math.Min(end, part.End);
        return from < to ? new Piece(kind, entry, from - start, to - from, from - part.Offset) : null;
    }
}
