using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>
/// Finds many remote objects by listing the folders that they share, where a few pages of a listing replace many lookups.
/// An object that it does not find may still exist: only a lookup shows that it is missing.
/// </summary>
public sealed class ListedSources(ISourceStore sources, int parallelism)
{
    // With fewer objects, concurrent lookups are faster than a listing.
    private const int FewestForListing = 64;
    private const int KeysPerPage = 1000;

    /// <summary>The wanted objects that listings find.</summary>
    public async Task<IReadOnlyDictionary<ObjectAddress, SourceObject>> FindAsync(
        IReadOnlyList<WantedFile> wanted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ObjectAddress, SourceObject>();
        foreach (var folder in wanted.Where(static file => file.Source.Scheme.IsRemote).GroupBy(static file => FolderOf(file.Source)))
        {
            var keys = folder.Select(static file => file.Source).ToHashSet();
            if (keys.Count >= FewestForListing)
                await ListAsync(folder.Key, keys, found, cancellationToken).ConfigureAwait(false);
        }
        return found;
    }

    private async Task ListAsync(
        ObjectAddress folder, HashSet<ObjectAddress> wanted, Dictionary<ObjectAddress, SourceObject> found,
        CancellationToken cancellationToken)
    {
        var first = wanted.Select(static address => address.Key).Min(StringComparer.Ordinal)!;
        // A page takes about as long as one round of concurrent lookups.
        var listed = 0L;
        var most = Math.Max(1, wanted.Count / (parallelism * 4L)) * KeysPerPage;
        var left = wanted.Count;
        try
        {
            // The listing starts after a key, so this is one shortly before the first.
            var after = first.Length > folder.Key.Length ? first[..^1] : null;
            await foreach (var source in sources.ListAsync(folder, after, cancellationToken).ConfigureAwait(false))
            {
                if (wanted.Contains(source.Address) && found.TryAdd(source.Address, source))
                    left--;
                if (left == 0 || ++listed >= most)
                    return;
            }
        }
        catch (ArchiverException error) when (error.ExitCode is ExitCode.NoPermission or ExitCode.NoInput)
        {
            // Permission to read objects does not imply permission to list them. Lookups report a bucket that does not exist.
        }
    }

    private static ObjectAddress FolderOf(ObjectAddress address) =>
        address with { Key = address.Key[..(address.Key.LastIndexOf('/') + 1)] };
}
