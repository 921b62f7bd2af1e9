using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>
/// Looks up the content types that decide about compression, where names do not decide and listings do not include them: the archive must
/// be the same whether an object was found by a listing or by a lookup.
/// </summary>
internal static class ContentTypes
{
    public static async Task CompleteAsync(
        List<PlannedEntry> entries, ISourceStore sources, int parallelism, CancellationToken cancellationToken)
    {
        var unknown = Enumerable.Range(0, entries.Count).Where(i =>
            entries[i].Content.Source is { ContentType: null } && !CompressionPolicy.IsDecidedByName(entries[i].Name));
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism * 4, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(unknown, options, async (i, token) =>
        {
            var source = entries[i].Source;
            var now = await sources.FindAsync(source.Address, token).ConfigureAwait(false);
            if (now?.ETag != source.ETag)
                throw StoreErrors.Changed(source.Address, "its ETag");
            // This is thread-safe: each entry is written by a single thread, and the list does not grow.
            entries[i] = new PlannedEntry(entries[i].Name, source with { ContentType = now.Value.ContentType });
        }).ConfigureAwait(false);
    }
}
