namespace Archiver.Processor.Parts;

/// <summary>
/// Where every byte of an archive goes, before any content is read. Entries follow one another, not necessarily in the order of the plan:
/// each has a header, its content, and possibly padding. After them comes what belongs to the archive as a whole. A layout does no I/O.
/// <para>
/// Framing may await only the digests of entries before it, and of the one whose content it precedes. Otherwise parts could wait for each
/// other with all buffers in use.
/// </para>
/// </summary>
public interface IArchiveLayout
{
    /// <summary>The number of entries.</summary>
    int Count { get; }

    /// <summary>Bytes in the whole archive.</summary>
    long Length { get; }

    /// <summary>Where the last entry ends, exclusive.</summary>
    long EntriesEnd { get; }

    /// <summary>The most bytes that a header can have in this format.</summary>
    int LongestHeader { get; }

    /// <summary>Bytes of an entry's content.</summary>
    long SizeOf(int entry);

    /// <summary>Where an entry's header begins.</summary>
    long HeaderOffset(int entry);

    /// <summary>Where an entry's content begins.</summary>
    long ContentOffset(int entry);

    /// <summary>Where an entry's content ends, exclusive.</summary>
    long ContentEnd(int entry);

    /// <summary>The entry that contains this byte, which must be before <see cref="EntriesEnd"/>.</summary>
    int EntryAt(long offset);

    /// <summary>The entries in archive order, from the one that contains this byte.</summary>
    IEnumerable<int> EntriesFrom(long offset);

    /// <summary>The pieces of a part in order; empty ones are left out.</summary>
    IEnumerable<Piece> PiecesOf(Part part);

    /// <summary>Writes framing.</summary>
    /// <param name="framing">A piece that is not content.</param>
    /// <param name="digests">The digests; those that the piece awaits are known.</param>
    /// <param name="target">Receives the piece.</param>
    void Write(in Piece framing, IEntryDigests digests, Span<byte> target);
}
