using Archiver.Contract;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores;

/// <summary>
/// Where sources are read from. All methods throw <see cref="ArchiverException"/>: exit code 69 when the store cannot be
/// reached, 75 when it failed for now, 77 when access is denied.
/// </summary>
public interface ISourceStore
{
    /// <summary>Looks up one object.</summary>
    /// <returns>Null when it does not exist.</returns>
    Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken);

    /// <summary>Lists the objects whose keys begin with a prefix, in the order of their keys' bytes.</summary>
    /// <param name="prefix">The beginning of keys; of files, a folder, of which everything below is listed.</param>
    /// <param name="after">Only keys behind this one; null: all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    IAsyncEnumerable<SourceObject> ListAsync(ObjectAddress prefix, string? after, CancellationToken cancellationToken);

    /// <summary>Whether there is no such object, but a folder of that name.</summary>
    async Task<bool> IsFolderAsync(ObjectAddress address, CancellationToken cancellationToken) =>
        await ListAsync(address with { Key = address.Key + "/" }, null, cancellationToken).AnyAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Fills the target with the object's bytes from an offset on; exit code 75 when it is not the version that was planned with.</summary>
    Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken);

    /// <summary>Opens an object for reading from its beginning; exit code 66 when it does not exist.</summary>
    Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken);

    /// <summary>Looks whether objects in a location can be read, cheaply; exit code 78 when it does not exist.</summary>
    /// <returns>What could not be found out, in a few words; null when all could.</returns>
    Task<string?> CheckAsync(StoreLocation location, CancellationToken cancellationToken);
}
