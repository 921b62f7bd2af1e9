using Archiver.Processor.Parts;

namespace Archiver.Processor.Stores;

/// <summary>Writes a part's bytes into a stream, from the beginning; called again when the store has to try again.</summary>
public delegate Task PartWriter(Stream target, CancellationToken cancellationToken);

/// <summary>An archive on its way into a store. Nobody sees it before <see cref="CompleteAsync"/>; disposed without that, it is gone.</summary>
public interface IArchiveUpload : IAsyncDisposable
{
    /// <summary>Stores one part; several at once and in any order.</summary>
    /// <param name="part">Which one.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="crc">Their CRC-32.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task WriteAsync(Part part, ReadOnlyMemory<byte> bytes, uint crc, CancellationToken cancellationToken);

    /// <summary>Stores one part that is too large to stand in memory.</summary>
    /// <param name="part">Which one.</param>
    /// <param name="writer">Brings its bytes.</param>
    /// <param name="crc">Their CRC-32.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task StreamAsync(Part part, PartWriter writer, uint crc, CancellationToken cancellationToken);

    /// <summary>Has the store itself copy a part from an object; several at once and in any order.</summary>
    /// <param name="part">Which one.</param>
    /// <param name="source">The object, in the version that was planned with.</param>
    /// <param name="offset">Where the part begins in the object.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Not copied where the store cannot do that, or does not say what it copied; the part is to be carried then.</returns>
    Task<CopyOutcome> CopyAsync(Part part, SourceObject source, long offset, CancellationToken cancellationToken) =>
        Task.FromResult(CopyOutcome.Refused("this store copies nothing"));

    /// <summary>The CRC-32 of a part that an earlier try has stored and that need not be stored again; null where there is none, or the store does not tell.</summary>
    uint? StoredCrc(Part part) => null;

    /// <summary>Makes the archive visible under its key, whole, when all parts are stored.</summary>
    /// <param name="crc">The CRC-32 of the whole archive.</param>
    /// <param name="replaced">What is there and is to be replaced; null: nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when the archive is to be looked for instead: it was stored by somebody else meanwhile, or by a completion whose answer was lost.</returns>
    Task<bool> CompleteAsync(uint crc, StoredArchive? replaced, CancellationToken cancellationToken);
}
