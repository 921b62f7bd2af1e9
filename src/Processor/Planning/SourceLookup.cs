using System.Runtime.CompilerServices;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>Looks up many sources at once, and gives them in the order in which they were asked for.</summary>
public sealed class SourceLookup(ISourceStore sources, int parallelism)
{
    // Wide enough to keep lookups under way, narrow enough that a list of a million does not stand in memory as tasks.
    private readonly int _window = parallelism * 4;

    /// <summary>Each file with the object that it names; null where that does not exist.</summary>
    public async IAsyncEnumerable<(WantedFile File, SourceObject? Source)> FindAllAsync(
        IAsyncEnumerable<WantedFile> wanted, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var underWay = new Queue<(WantedFile File, Task<SourceObject?> Source)>(_window);
        try
        {
            await foreach (var file in wanted.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                if (underWay.Count == _window)
                    yield return await NextAsync(underWay).ConfigureAwait(false);
                underWay.Enqueue((file, sources.FindAsync(file.Source, cancellationToken)));
            }
            while (underWay.Count > 0)
                yield return await NextAsync(underWay).ConfigureAwait(false);
        }
        finally
        {
            // Left early, by an error or because the caller has seen enough: nothing may go on unobserved.
            foreach (var (_, source) in underWay)
                await ((Task)source).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<(WantedFile, SourceObject?)> NextAsync(Queue<(WantedFile File, Task<SourceObject?> Source)> underWay)
    {
        var (file, source) = underWay.Dequeue();
        return (file, await source.ConfigureAwait(false));
    }
}
