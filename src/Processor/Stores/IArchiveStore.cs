using Archiver.Contract;
using Archiver.Processor.Parts;

namespace Archiver.Processor.Stores;

/// <summary>
/// Where archives are stored. All methods throw <see cref="ArchiverException"/>: exit code 69 when the store cannot be
/// reached, 73 when it cannot be written, 75 when it failed for now, 77 when access is denied.
/// </summary>
public interface IArchiveStore
{
    /// <summary>What the store accepts as parts.</summary>
    PartLimits Limits { get; }

    /// <summary>Whether the store can copy from an object without its bytes coming this way.</summary>
    bool CanCopy(ObjectAddress source) => false;

    /// <summary>The full key of an archive, with the location's own prefix; what links end in.</summary>
    string KeyOf(string archiveKey);

    /// <summary>The URI of an archive.</summary>
    string UriOf(string archiveKey);

    /// <summary>Looks for an archive that is there already.</summary>
    /// <returns>Null when there is none.</returns>
    Task<StoredArchive?> FindAsync(string archiveKey, CancellationToken cancellationToken);

    /// <summary>Fills the target with bytes of an archive that was found; exit code 75 when another stands there by now.</summary>
    Task ReadAsync(string archiveKey, StoredArchive found, long offset, Memory<byte> target, CancellationToken cancellationToken);

    /// <summary>Begins to store an archive, after clearing away what an earlier try at the same key left unfinished.</summary>
    /// <param name="archiveKey">Its key.</param>
    /// <param name="length">Its bytes; null when they are not known yet.</param>
    /// <param name="isOnePart">Whether it has one part only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IArchiveUpload> BeginAsync(string archiveKey, long? length, bool isOnePart, CancellationToken cancellationToken);

    /// <summary>Begins to store an archive whose parts are planned, or goes on where an earlier try was cut off.</summary>
    /// <param name="archiveKey">Its key.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="plans">The parts that it is to have; then others that an earlier try may have settled for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The upload, and which plan it follows.</returns>
    async Task<(IArchiveUpload Upload, int Plan)> BeginAsync(
        string archiveKey, long length, IReadOnlyList<IReadOnlyList<Part>> plans, CancellationToken cancellationToken) =>
        (await BeginAsync(archiveKey, length, plans[0].Count == 1, cancellationToken).ConfigureAwait(false), 0);

    /// <summary>Looks whether archives can be stored, cheaply and without leaving anything; exit code 78 when the location does not exist and cannot be made.</summary>
    /// <returns>What could not be found out, in a few words; null when all could.</returns>
    Task<string?> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>An archive that is there.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Crc">Its CRC-32, where the store has it on record.</param>
/// <param name="ETag">The store's word for this version of its content, without quotes, where it has one.</param>
public sealed record StoredArchive(long Bytes, uint? Crc, string? ETag = null);
