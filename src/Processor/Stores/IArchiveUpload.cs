using Archiver.Processor.Zip;

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

    /// <summary>Makes the archive visible under its key, whole, when all parts are stored.</summary>
    /// <param name="crc">The CRC-32 of the whole archive.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when the archive is to be looked for instead: it was stored by somebody else meanwhile, or by a completion whose answer was lost.</returns>
    Task<bool> CompleteAsync(uint crc, CancellationToken cancellationToken);
}
