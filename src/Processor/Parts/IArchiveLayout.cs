namespace Archiver.Processor.Parts;

/// <summary>
/// Where every byte of an archive stands, before a byte of content is read. Entries stand one after another, in an order of their own: each
/// with a header, its content, and perhaps padding; then comes what belongs to all of them. A layout is pure: it does no I/O.
/// <para>
/// Framing may await the digests of entries that stand before it, and of the one whose content it precedes. Otherwise parts might wait for
/// each other with all buffers taken.
/// </para>
/// </summary>
public interface IArchiveLayout
{
    /// <summary>How many entries there are.</summary>
    int Count { get; }

    /// <summary>Bytes in the whole archive.</summary>
    long Length { get; }

    /// <summary>The byte behind the last entry.</summary>
    long EntriesEnd { get; }

    /// <summary>The most bytes that a header has in this format.</summary>
    int LongestHeader { get; }

    /// <summary>Bytes of an entry's content.</summary>
    long SizeOf(int entry);

    /// <summary>Where an entry's header begins.</summary>
    long HeaderOffset(int entry);

    /// <summary>Where an entry's content begins.</summary>
    long ContentOffset(int entry);

    /// <summary>The byte behind an entry's content.</summary>
    long ContentEnd(int entry);

    /// <summary>The entry that holds this byte, which stands before <see cref="EntriesEnd"/>.</summary>
    int EntryAt(long offset);

    /// <summary>The entries in the order in which they stand, from the one that holds this byte.</summary>
    IEnumerable<int> EntriesFrom(long offset);

    /// <summary>The pieces of a part in order; empty ones are left out.</summary>
    IEnumerable<Piece> PiecesOf(Part part);

    /// <summary>Writes framing.</summary>
    /// <param name="framing">A piece that is not content.</param>
    /// <param name="digests">Those that it awaits are known.</param>
    /// <param name="target">The piece's own bytes in the part.</param>
    void Write(in Piece framing, IEntryDigests digests, Span<byte> target);
}
