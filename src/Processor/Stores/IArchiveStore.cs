using Archiver.Contract;
using Archiver.Processor.Zip;

namespace Archiver.Processor.Stores;

/// <summary>
/// Where archives are stored. All methods throw <see cref="ArchiverException"/>: exit code 69 when the store cannot be
/// reached, 73 when it cannot be written, 75 when it failed for now, 77 when access is denied.
/// </summary>
public interface IArchiveStore
{
    /// <summary>What the store accepts as parts.</summary>
    PartLimits Limits { get; }

    /// <summary>The full key of an archive, with the location's own prefix; what links end in.</summary>
    string KeyOf(string archiveKey);

    /// <summary>The URI of an archive.</summary>
    string UriOf(string archiveKey);

    /// <summary>Looks for an archive that is there already.</summary>
    /// <returns>Null when there is none.</returns>
    Task<StoredArchive?> FindAsync(string archiveKey, CancellationToken cancellationToken);

    /// <summary>Begins to store an archive, after clearing away what an earlier try at the same key left unfinished.</summary>
    Task<IArchiveUpload> BeginAsync(string archiveKey, IReadOnlyList<Part> parts, CancellationToken cancellationToken);
}

/// <summary>An archive that is there.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Crc">Its CRC-32, where the store has it on record.</param>
public sealed record StoredArchive(long Bytes, uint? Crc);

/// <summary>An archive on its way into a store. Nobody sees it before <see cref="CompleteAsync"/>; disposed without that, it is gone.</summary>
public interface IArchiveUpload : IAsyncDisposable
{
    /// <summary>Stores one part; several at once and in any order.</summary>
    /// <param name="part">A part of the plan that the upload began with.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="crc">Their CRC-32.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task WriteAsync(Part part, ReadOnlyMemory<byte> bytes, uint crc, CancellationToken cancellationToken);

    /// <summary>Makes the archive visible under its key, whole, when all parts are stored.</summary>
    /// <param name="crc">The CRC-32 of the whole archive.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when the archive is to be looked for instead: it was stored by somebody else meanwhile, or by a completion whose answer was lost.</returns>
    Task<bool> CompleteAsync(uint crc, CancellationToken cancellationToken);
}
