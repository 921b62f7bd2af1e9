using Archiver.Processor.Parts;

namespace Archiver.Processor.Planning;

/// <summary>Writes a range of generated text.</summary>
/// <param name="digests">The digests; those that the text awaits are known.</param>
/// <param name="offset">Where the range begins in the text.</param>
/// <param name="target">Receives the range.</param>
public delegate void TextGenerator(IEntryDigests digests, long offset, Span<byte> target);

/// <summary>
/// Content that is generated while the archive is made. Its length is known beforehand; its bytes depend on the digests of entries that
/// precede it in the plan.
/// </summary>
/// <param name="Length">Bytes.</param>
/// <param name="Awaits">The entries whose digests it depends on.</param>
/// <param name="Fingerprint">Changes whenever the same plan would give a different text.</param>
/// <param name="Write">Writes any range of it, with the same bytes on every call.</param>
public sealed record GeneratedText(long Length, EntryRange Awaits, string Fingerprint, TextGenerator Write)
{
    /// <summary>Seconds since 1970 in UTC.</summary>
    public long ModifiedUnixSeconds { get; init; }
}
