using Archiver.Contract;
using Archiver.Processor.Parts;

namespace Archiver.Processor.Stores;

/// <summary>
/// Where archives are stored. All methods throw <see cref="ArchiverException"/>: exit code 69 if the store cannot be
/// reached, 73 if it cannot be written, 75 if the failure is temporary, 77 if access is denied.
/// </summary>
public interface IArchiveStore
{
    /// <summary>What the store accepts as parts.</summary>
    PartLimits Limits { get; }

    /// <summary>Whether the store itself can copy from an object, without its bytes passing through this process.</summary>
    bool CanCopy(ObjectAddress source) => false;

    /// <summary>The full key of an archive, including the location's prefix. Links end in it.</summary>
    string KeyOf(string archiveKey);

    string UriOf(string archiveKey);

    /// <summary>Looks for an archive that is already stored.</summary>
    /// <returns>Null if there is none.</returns>
    Task<StoredArchive?> FindAsync(string archiveKey, CancellationToken cancellationToken);

    /// <summary>Fills the target with bytes of an archive that was found; exit code 75 if it has been replaced since.</summary>
    Task ReadAsync(string archiveKey, StoredArchive found, long offset, Memory<byte> target, CancellationToken cancellationToken);

    /// <summary>
    /// Begins to store an archive, after removing what an earlier attempt at the same key left unfinished. The length, in bytes, is
    /// null if it is not known yet.
    /// </summary>
    Task<IArchiveUpload> BeginAsync(string archiveKey, long? length, bool isOnePart, CancellationToken cancellationToken);

    /// <summary>
    /// Begins to store an archive whose parts are planned, or resumes an earlier attempt that was interrupted. The first plan is the
    /// preferred one; the others are what an earlier attempt may have fallen back to.
    /// </summary>
    /// <returns>The upload, and the index of the plan that it follows.</returns>
    async Task<(IArchiveUpload Upload, int Plan)> BeginAsync(
        string archiveKey, long length, IReadOnlyList<IReadOnlyList<Part>> plans, CancellationToken cancellationToken) =>
        (await BeginAsync(archiveKey, length, plans[0].Count == 1, cancellationToken).ConfigureAwait(false), 0);

    /// <summary>
    /// Checks whether archives can be stored, cheaply and without leaving anything behind; exit code 78 if the location does not exist
    /// and cannot be created.
    /// </summary>
    /// <returns>What could not be checked, in a few words; null if everything could.</returns>
    Task<string?> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>An archive that is stored.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Crc">Its CRC-32, if the store has it on record.</param>
/// <param name="ETag">The store's identifier of this version of the content, without quotes, if it has one.</param>
public sealed record StoredArchive(long Bytes, uint? Crc, string? ETag = null);
