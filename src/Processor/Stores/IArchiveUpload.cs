using Archiver.Processor.Parts;

namespace Archiver.Processor.Stores;

/// <summary>Writes all bytes of a part to a stream; called again for each retry.</summary>
public delegate Task PartWriter(Stream target, CancellationToken cancellationToken);

/// <summary>
/// An archive that is being stored. It is invisible until <see cref="CompleteAsync"/>; disposing the upload without that discards it.
/// </summary>
public interface IArchiveUpload : IAsyncDisposable
{
    /// <summary>Stores one part, whose CRC-32 is given. Parts may be stored in any order and concurrently.</summary>
    Task WriteAsync(Part part, ReadOnlyMemory<byte> bytes, uint crc, CancellationToken cancellationToken);

    /// <summary>Stores one part that is too large to be held in memory.</summary>
    Task StreamAsync(Part part, PartWriter writer, uint crc, CancellationToken cancellationToken);

    /// <summary>
    /// Has the store itself copy a part from an object, in the version that was planned, starting at an offset. Parts may be copied in
    /// any order and concurrently.
    /// </summary>
    /// <returns>A refusal if the store cannot copy, or does not report a checksum; the part then has to be transferred.</returns>
    Task<CopyOutcome> CopyAsync(Part part, SourceObject source, long offset, CancellationToken cancellationToken) =>
        Task.FromResult(CopyOutcome.Refused("this store cannot copy"));

    /// <summary>
    /// The CRC-32 of a part that an earlier attempt stored and that need not be stored again; null if there is none, or the store does
    /// not know its CRC-32.
    /// </summary>
    uint? StoredCrc(Part part) => null;

    /// <summary>
    /// Makes the archive, whose CRC-32 is given, visible under its key once all parts are stored. It replaces the given archive, or
    /// nothing if that is null.
    /// </summary>
    /// <returns>
    /// False if the caller should look for the archive instead: another process has stored it in the meantime, or a completion whose
    /// response was lost has.
    /// </returns>
    Task<bool> CompleteAsync(uint crc, StoredArchive? replaced, CancellationToken cancellationToken);
}
