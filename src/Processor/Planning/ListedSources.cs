using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>
/// Finds many remote objects by listing the folders that they share, where a few pages of a listing replace many lookups.
/// What it does not find may still be there: only a lookup tells that an object is missing.
/// </summary>
public sealed class ListedSources(ISourceStore sources, int parallelism)
{
    // Below this, lookups that are under way together are done before a listing would be.
    private const int FewestForListing = 64;
    private const int KeysPerPage = 1000;

    /// <summary>The objects among the wanted ones that listings found.</summary>
    public async Task<IReadOnlyDictionary<ObjectAddress, SourceObject>> FindAsync(IReadOnlyList<WantedFile> wanted, CancellationToken cancellationToken)
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
        ObjectAddress folder, HashSet<ObjectAddress> wanted, Dictionary<ObjectAddress, SourceObject> found, CancellationToken cancellationToken)
    {
        var first = wanted.Select(static address => address.Key).Min(StringComparer.Ordinal)!;
        // A page takes about as long as one round of lookups that are under way together.
        var listed = 0L;
        var most = Math.Max(1, wanted.Count / (parallelism * 4L)) * KeysPerPage;
        var left = wanted.Count;
        try
        {
            // The listing begins behind a key: one that is just before the first.
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
            // Who may read objects may not be allowed to list them; and a bucket that is not there is told of by the lookups.
        }
    }

    private static ObjectAddress FolderOf(ObjectAddress address) => address with { Key = address.Key[..(address.Key.LastIndexOf('/') + 1)] };
}
