using System.Collections;
using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>One entry of an archive to be: its name, and the version of the object that it is made from.</summary>
public readonly record struct PlannedEntry(string Name, SourceObject Source);

/// <summary>What goes into an archive, in the request's order. To the layout it is a list of zip entries.</summary>
/// <param name="entries">The entries.</param>
/// <param name="skipped">Sources that were left out because they do not exist.</param>
public sealed class ArchivePlan(IReadOnlyList<PlannedEntry> entries, IReadOnlyList<string> skipped) : IReadOnlyList<ZipEntry>
{
    /// <summary>The entries.</summary>
    public IReadOnlyList<PlannedEntry> Entries { get; } = entries;

    /// <summary>Sources that were left out because they do not exist.</summary>
    public IReadOnlyList<string> Skipped { get; } = skipped;

    /// <inheritdoc />
    public int Count => Entries.Count;

    /// <inheritdoc />
    public ZipEntry this[int index] => Zip(Entries[index]);

    /// <inheritdoc />
    public IEnumerator<ZipEntry> GetEnumerator() => Entries.Select(Zip).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static ZipEntry Zip(PlannedEntry entry) => new(entry.Name, entry.Source.Size, entry.Source.ModifiedUnixSeconds);
}
