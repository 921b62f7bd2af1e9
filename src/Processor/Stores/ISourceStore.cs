using Archiver.Contract;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores;

/// <summary>
/// Where sources are read from. All methods throw <see cref="ArchiverException"/>: exit code 69 if the store cannot be
/// reached, 75 if the failure is temporary, 77 if access is denied.
/// </summary>
public interface ISourceStore
{
    /// <summary>Looks up one object.</summary>
    /// <returns>Null if it does not exist.</returns>
    Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the objects whose keys begin with a prefix, or the files below a folder, in the byte order of their keys: all of them, or
    /// only those after a given key.
    /// </summary>
    IAsyncEnumerable<SourceObject> ListAsync(ObjectAddress prefix, string? after, CancellationToken cancellationToken);

    /// <summary>Whether there is a folder of that name rather than an object.</summary>
    async Task<bool> IsFolderAsync(ObjectAddress address, CancellationToken cancellationToken) =>
        await ListAsync(address with { Key = address.Key + "/" }, null, cancellationToken)
            .AnyAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Fills the target with the object's bytes, from an offset on; exit code 75 if it is not the planned version.</summary>
    Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading from the beginning; exit code 66 if it does not exist.</summary>
    Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken);

    /// <summary>Checks cheaply whether objects in a location can be read; exit code 78 if it does not exist.</summary>
    /// <returns>What could not be checked, in a few words; null if everything could.</returns>
    Task<string?> CheckAsync(StoreLocation location, CancellationToken cancellationToken);
}
