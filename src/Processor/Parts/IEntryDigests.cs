namespace Archiver.Processor.Parts;

/// <summary>Digests of entries' content. Only those that are already known may be requested.</summary>
public interface IEntryDigests
{
    /// <summary>The CRC-32 of an entry.</summary>
    uint CrcOf(int entry);
}
