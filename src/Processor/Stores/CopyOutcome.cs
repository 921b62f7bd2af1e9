namespace Archiver.Processor.Stores;

/// <summary>What came of asking a store to copy a part.</summary>
/// <param name="Crc">The CRC-32 of what it copied; null when the part must be carried.</param>
/// <param name="Problem">Why it must be.</param>
public readonly record struct CopyOutcome(uint? Crc, string? Problem)
{
    /// <summary>The part is there.</summary>
    public static CopyOutcome Copied(uint crc) => new(crc, null);

    /// <summary>The part must be carried.</summary>
    public static CopyOutcome Refused(string problem) => new(null, problem);
}
