using System.Runtime.CompilerServices;
using Archiver.Contract;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>Looks up many sources concurrently, and returns them in the order in which they were requested.</summary>
public sealed class SourceLookup(ISourceStore sources, int parallelism)
{
    // How many files are searched together for shared folders. Batches keep a list of a million from being in memory twice.
    private const int Batch = 10_000;

    private readonly int _window = parallelism * 4;
    private readonly ListedSources _listed = new(sources, parallelism);

    /// <summary>Each file with the object that it names, or null if that does not exist.</summary>
    public async IAsyncEnumerable<(WantedFile File, SourceObject? Source)> FindAllAsync(
        IAsyncEnumerable<WantedFile> wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in wanted.Chunk(Batch).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var listed = await _listed.FindAsync(batch, cancellationToken).ConfigureAwait(false);
            await foreach (var found in FindBatchAsync(batch, listed, cancellationToken).ConfigureAwait(false))
                yield return found;
        }
    }

    private async IAsyncEnumerable<(WantedFile File, SourceObject? Source)> FindBatchAsync(
        IReadOnlyList<WantedFile> batch,
        IReadOnlyDictionary<ObjectAddress, SourceObject> listed,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var underWay = new Queue<(WantedFile File, Task<SourceObject?> Source)>(_window);
        try
        {
            foreach (var file in batch)
            {
                if (underWay.Count == _window)
                    yield return await NextAsync(underWay).ConfigureAwait(false);
                underWay.Enqueue((file, listed.TryGetValue(file.Source, out var known)
                    ? Task.FromResult<SourceObject?>(known)
                    : sources.FindAsync(file.Source, cancellationToken)));
            }
            while (underWay.Count > 0)
                yield return await NextAsync(underWay).ConfigureAwait(false);
        }
        finally
        {
            // After an error, or if the caller stops early, no lookup may be left running.
            foreach (var (_, source) in underWay)
                await ((Task)source).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<(WantedFile, SourceObject?)> NextAsync(Queue<(WantedFile File, Task<SourceObject?> Source)> underWay)
    {
        var (file, source) = underWay.Dequeue();
        try
        {
            return (file, await source.ConfigureAwait(false));
        }
        catch (ArchiverException error)
        {
            throw file.Line.Tell(error);
        }
    }
}
