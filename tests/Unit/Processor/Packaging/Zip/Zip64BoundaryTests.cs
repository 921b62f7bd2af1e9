using System.IO.Compression;
using Archiver.Processor.Packaging.Zip;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Packaging.Zip;

/// <summary>Zip64 exactly where sizes, offsets or counts need it (APPNOTE 4.3.9.2, 4.4.8, 4.4.16, 4.5.3), field by field.</summary>
public sealed class Zip64BoundaryTests
{
    private const long FourGiB = 1L << 32;
    private const uint Marker = 0xFFFFFFFF;
    private const ushort Zip64 = 0x0001;
    // Nothing is moved to where it could be copied: the entries stand as they are listed.
    private const long InOrder = long.MaxValue;

    [Theory]
    [InlineData(FourGiB - 2, false)]
    [InlineData(FourGiB - 1, true)]
    [InlineData(FourGiB, true)]
    [InlineData(FourGiB + 1, true)]
    [InlineData(FourGiB * 1000, true)]
    public void A_size_needs_zip64_from_the_marker_on(long size, bool zip64)
    {
        var layout = new ZipLayout([new ZipEntry("big.bin", size, 0)]);

        var (local, central) = (LocalOf(layout, 0), CentralOf(layout, 0));

        var plain = zip64 ? Marker : (uint)size;
        Assert.Equal((plain, plain, plain, plain), (local.Size, local.Compressed, central.Size, central.Compressed));
        Assert.Equal(zip64 ? (45, 45) : (10, 10), (local.Needs, central.Needs));
        Assert.Equal(zip64 ? [size, size] : [], Zip64Of(local.Extras));
        Assert.Equal(zip64 ? [size, size] : [], Zip64Of(central.Extras));
        Assert.Equal(0u, central.Offset);
        Assert.Equal(layout.ContentOffset(0), local.Length);
    }

    [Theory]
    [InlineData(FourGiB - 2, false)]
    [InlineData(FourGiB - 1, true)]
    [InlineData(FourGiB, true)]
    [InlineData(FourGiB + 1, true)]
    public void An_offset_needs_zip64_from_the_marker_on(long offset, bool zip64)
    {
        var layout = new ZipLayout([FillingUpTo(offset), new ZipEntry("behind.txt", 5, 0)], InOrder);
        Assert.Equal(offset, layout.HeaderOffset(1));

        var (local, central) = (LocalOf(layout, 1), CentralOf(layout, 1));

        Assert.Equal(zip64 ? Marker : (uint)offset, central.Offset);
        Assert.Equal(zip64 ? [offset] : [], Zip64Of(central.Extras));
        Assert.Equal((5u, zip64 ? 45 : 10), (central.Size, central.Needs));
        // What comes before an entry is none of its local header's business.
        Assert.Equal((5u, 10), (local.Size, local.Needs));
        Assert.DoesNotContain(Zip64, local.Extras.Keys);
    }

    [Fact]
    public void A_size_and_an_offset_beyond_stand_in_the_order_that_the_format_asks_for()
    {
        var layout = new ZipLayout([FillingUpTo(FourGiB + 7), new ZipEntry("big.bin", FourGiB + 1, 0)], InOrder);

        var central = CentralOf(layout, 1);

        Assert.Equal([FourGiB + 1, FourGiB + 1, FourGiB + 7], Zip64Of(central.Extras));
        Assert.Equal((Marker, Marker, Marker), (central.Size, central.Compressed, central.Offset));
    }

    [Theory]
    [InlineData(FourGiB - 2, false)]
    [InlineData(FourGiB - 1, true)]
    [InlineData(FourGiB, true)]
    [InlineData(FourGiB + 1, true)]
    public void The_directory_s_offset_needs_zip64_from_the_marker_on(long offset, bool zip64)
    {
        var layout = new ZipLayout([FillingUpTo(offset)]);

        var end = EndOf(layout);

        Assert.Equal(offset, layout.EntriesEnd);
        Assert.Equal((1, 1, zip64 ? Marker : (uint)offset), (end.Entries, end.EntriesInAll, end.Offset));
        Assert.Equal((uint)(layout.EndOffset - offset), end.Size);
        Assert.Equal(zip64 ? new Zip64End(1, 1, end.Size, (ulong)offset, (ulong)layout.EndOffset) : null, end.Zip64);
    }

    [Theory]
    [InlineData(65_534, false)]
    [InlineData(65_535, true)]
    [InlineData(65_536, true)]
    public void A_count_needs_zip64_from_the_marker_on(int count, bool zip64)
    {
        var layout = new ZipLayout([.. Enumerable.Range(0, count).Select(static i => new ZipEntry($"{i}", 0, 0))]);

        var end = EndOf(layout);

        var plain = zip64 ? 0xFFFF : count;
        Assert.Equal((plain, plain), (end.Entries, end.EntriesInAll));
        Assert.Equal(
            zip64 ? new Zip64End((ulong)count, (ulong)count, end.Size, (ulong)layout.EntriesEnd, (ulong)layout.EndOffset) : null,
            end.Zip64);
        using var zip = new ZipArchive(new SyntheticArchiveStream(layout));
        Assert.Equal(Enumerable.Range(0, count).Select(static i => $"{i}"), zip.Entries.Select(static entry => entry.FullName));
    }

    [Fact]
    public void A_directory_beyond_four_gib_has_its_size_in_zip64()
    {
        var end = new byte[EndRecords.SizeOf(70_000_000, FourGiB, FourGiB + 9)];
        EndRecords.Write(end, 70_000_000, FourGiB, FourGiB + 9);

        var read = EndRecord.Read(end);

        Assert.Equal((0xFFFF, Marker, Marker), (read.Entries, read.Size, read.Offset));
        Assert.Equal(new Zip64End(70_000_000, 70_000_000, FourGiB + 9, FourGiB, (FourGiB * 2) + 9), read.Zip64);
    }

    [Theory]
    [InlineData(FourGiB - 2)]
    [InlineData(FourGiB - 1)]
    [InlineData(FourGiB)]
    [InlineData(FourGiB + 1)]
    [InlineData(FourGiB * 5)]
    public void Others_find_every_entry_of_a_huge_archive(long size)
    {
        var layout = new ZipLayout(
            [new ZipEntry("first", 3, 0), new ZipEntry("huge", size, 0), new ZipEntry("ä", 0, 0), new ZipEntry("last", 7, 0)]);
        using var zip = new ZipArchive(new SyntheticArchiveStream(layout));

        Assert.Equal(
            [("first", 3), ("huge", size), ("ä", 0), ("last", 7)], zip.Entries.Select(static entry => (entry.FullName, entry.Length)));
        foreach (var entry in zip.Entries)
        {
            using var content = entry.Open();
            Assert.Equal(entry.Length == 0 ? -1 : 0, content.ReadByte());
        }
    }

    /// <summary>An entry behind which the next header stands at an offset.</summary>
    private static ZipEntry FillingUpTo(long offset)
    {
        var header = new ZipLayout([new ZipEntry("filler", 0, 0)]).EntriesEnd;
        var size = offset - header;
        // A size beyond the marker makes its own header longer.
        return new ZipEntry("filler", size >= Marker ? size - 20 : size, 0);
    }

    private static LocalRecord LocalOf(ZipLayout layout, int index)
    {
        var bytes = new byte[layout.ContentOffset(index) - layout.HeaderOffset(index)];
        layout.WriteLocalHeader(index, 0, bytes);
        return LocalRecord.Read(bytes);
    }

    private static CentralRecord CentralOf(ZipLayout layout, int index)
    {
        var bytes = new byte[layout.CentralOffset(index + 1) - layout.CentralOffset(index)];
        layout.WriteCentralHeader(index, 0, bytes);
        return CentralRecord.Read(bytes);
    }

    private static EndRecord EndOf(ZipLayout layout)
    {
        var bytes = new byte[layout.Length - layout.EndOffset];
        layout.WriteEnd(bytes);
        return EndRecord.Read(bytes);
    }

    private static long[] Zip64Of(Dictionary<ushort, byte[]> extras) =>
        extras.TryGetValue(Zip64, out var field) ? [.. Enumerable.Range(0, field.Length / 8).Select(i => BitConverter.ToInt64(field, i * 8))] : [];
}
