using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>An entry of a planned archive.</summary>
public readonly record struct PlannedEntry(string Name, EntryContent Content)
{
    /// <summary>An entry that holds an object.</summary>
    public PlannedEntry(string name, SourceObject source)
        : this(name, new EntryContent(source))
    {
    }

    /// <summary>The object that it holds.</summary>
    /// <exception cref="InvalidOperationException">It holds generated text.</exception>
    public SourceObject Source => Content.Source ?? throw new InvalidOperationException($"{Name} is generated; it has no source.");

    /// <summary>Bytes of content.</summary>
    public long Size => Content.Size;
}

/// <summary>The entries of an archive, in the request's order.</summary>
/// <param name="entries">The entries.</param>
/// <param name="skipped">Sources that were left out because they do not exist.</param>
public sealed class ArchivePlan(IReadOnlyList<PlannedEntry> entries, IReadOnlyList<string> skipped)
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<PlannedEntry> Entries { get; } = entries;

    /// <summary>Sources that were left out because they do not exist.</summary>
    public IReadOnlyList<string> Skipped { get; } = skipped;

    /// <summary>The number of entries.</summary>
    public int Count => Entries.Count;

    /// <summary>Bytes of all entries' content.</summary>
    public long ContentBytes => Entries.Sum(static entry => entry.Size);
}
