using System.IO.Hashing;
using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Stores;

namespace Archiver.Tests.Support;

/// <summary>An arbitrary archive: its entries with their content, and the limits of the store that it goes to.</summary>
/// <param name="Entries">What the layout is made of.</param>
/// <param name="Contents">Each entry's bytes.</param>
/// <param name="Limits">What the store accepts as parts; the archive fits.</param>
/// <param name="Seed">For whatever else is to be left to chance.</param>
public sealed record ArchiveCase(IReadOnlyList<ZipEntry> Entries, IReadOnlyList<byte[]> Contents, PartLimits Limits, int Seed)
    : IEntryDigests
{
    public ZipLayout Layout { get; } = new(Entries, Limits.Least);

    /// <summary>The parts when all is carried.</summary>
    public IReadOnlyList<Part> Parts => PartPlan.Cut(Layout, Limits);

    /// <summary>The parts when the store copies what it can; of every third entry it cannot.</summary>
    public IReadOnlyList<Part> PartsWithCopies => CopyPlan.Cut(Layout, Limits, static entry => entry % 3 != 2);

    /// <summary>The same entries as a plan; the keys of their sources are their indices.</summary>
    public ArchivePlan Plan => new([.. Entries.Select((entry, i) => new PlannedEntry(entry.Name, SourceOf(i)))], []);

    public uint CrcOf(int entry) => Crc32.HashToUInt32(Contents[entry]);

    /// <summary>The archive, written straight through, from the first local header to the end records.</summary>
    public byte[] StraightThrough()
    {
        var archive = new MemoryStream();
        foreach (var i in Enumerable.Range(0, Entries.Count).OrderBy(Layout.HeaderOffset))
        {
            Assert.Equal(Layout.HeaderOffset(i), archive.Position);
            var header = new byte[Layout.ContentOffset(i) - Layout.HeaderOffset(i)];
            Layout.WriteLocalHeader(i, CrcOf(i), header);
            archive.Write(header);
            archive.Write(Contents[i]);
            Assert.Equal(Layout.ContentEnd(i), archive.Position);
        }
        Assert.Equal(Layout.EntriesEnd, archive.Position);
        for (var i = 0; i < Entries.Count; i++)
        {
            Assert.Equal(Layout.CentralOffset(i), archive.Position);
            var header = new byte[Layout.CentralOffset(i + 1) - Layout.CentralOffset(i)];
            Layout.WriteCentralHeader(i, CrcOf(i), header);
            archive.Write(header);
        }
        Assert.Equal(Layout.EndOffset, archive.Position);
        var end = new byte[Layout.Length - Layout.EndOffset];
        Layout.WriteEnd(end);
        archive.Write(end);
        return archive.ToArray();
    }

    /// <summary>Short enough for the report of a property that does not hold.</summary>
    public override string ToString() =>
        $"seed {Seed}, {Limits}, entries: {string.Join(", ", Entries.Select(static e => $"\"{e.Name}\" {e.Size} @{e.ModifiedUnixSeconds}"))}";

    private SourceObject SourceOf(int entry) =>
        new(Some.Address("some-bucket", $"{entry}"), Entries[entry].Size, $"etag-{entry}", Entries[entry].ModifiedUnixSeconds);
}
