namespace Archiver.Processor.Stores;

/// <summary>The outcome of asking a store to copy a part.</summary>
/// <param name="Crc">The CRC-32 of what it copied; null if it refused, and the part has to be transferred.</param>
/// <param name="Problem">Why it refused.</param>
public readonly record struct CopyOutcome(uint? Crc, string? Problem)
{
    public static CopyOutcome Copied(uint crc) => new(crc, null);

    public static CopyOutcome Refused(string problem) => new(null, problem);
}
