using Archiver.Processor.Parts;

namespace Archiver.Processor.Planning;

/// <summary>Writes a range of generated text.</summary>
/// <param name="digests">Those that the text awaits are known.</param>
/// <param name="offset">Where the range begins in the text.</param>
/// <param name="target">Its bytes.</param>
public delegate void TextGenerator(IEntryDigests digests, long offset, Span<byte> target);

/// <summary>
/// Content that is generated while the archive is made. Its length is known beforehand; its bytes are known when the digests of other
/// entries are, which come before it in the plan.
/// </summary>
/// <param name="Length">Bytes.</param>
/// <param name="Awaits">The entries whose digests it is made from.</param>
/// <param name="Fingerprint">Differs whenever the same plan would give another text.</param>
/// <param name="Write">Writes any range of it, the same at every call.</param>
public sealed record GeneratedText(long Length, EntryRange Awaits, string Fingerprint, TextGenerator Write)
{
    /// <summary>Seconds since 1970 in UTC.</summary>
    public long ModifiedUnixSeconds { get; init; }
}
