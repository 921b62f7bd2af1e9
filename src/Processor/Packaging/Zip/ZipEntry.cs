using System.Collections;
using Archiver.Processor.Planning;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>What the layout needs to know about an entry.</summary>
/// <param name="Name">The full name, with segments separated by <c>/</c>.</param>
/// <param name="Size">Bytes of content.</param>
/// <param name="ModifiedUnixSeconds">Last modification, seconds since 1970 in UTC.</param>
/// <param name="AwaitsOthers">Whether its content depends on the digests of earlier entries, so that it must come after them.</param>
public readonly record struct ZipEntry(string Name, long Size, long ModifiedUnixSeconds, bool AwaitsOthers = false);

/// <summary>The entries of a plan as zip entries.</summary>
internal sealed class ZipEntries(ArchivePlan plan) : IReadOnlyList<ZipEntry>
{
    public int Count => plan.Count;

    public ZipEntry this[int index] => Zip(plan.Entries[index]);

    public IEnumerator<ZipEntry> GetEnumerator() => plan.Entries.Select(Zip).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static ZipEntry Zip(PlannedEntry entry) =>
        new(entry.Name, entry.Size, entry.Content.ModifiedUnixSeconds, entry.Content.Text is { Awaits.Count: > 0 });
}
