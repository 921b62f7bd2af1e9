namespace Archiver.Processor.Parts;

/// <summary>Digests of entries' content. They may be asked for only when they are known.</summary>
public interface IEntryDigests
{
    /// <summary>The CRC-32 of an entry.</summary>
    uint CrcOf(int entry);
}
