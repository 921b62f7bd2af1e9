using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;

namespace Archiver.Tests.Processor.Parts;

/// <summary>Archives as they come, cut for S3.</summary>
public sealed class PartPlanTests
{
    private const long MiB = 1 << 20;
    private const long TiB = 1L << 40;

    [Fact]
    public void Thousands_of_small_objects_share_a_part() =>
        Assert.Single(PartPlan.Cut(LayoutOf(5_000, 1_000), PartLimits.S3));

    [Fact]
    public void Objects_of_about_a_part_are_read_in_one_request_each()
    {
        var layout = LayoutOf(100, 7 * MiB);

        var parts = PartPlan.Cut(layout, PartLimits.S3);

        Assert.All(parts.SkipLast(1), part => Assert.Equal(layout.HeaderOffset(layout.EntryAt(part.End)), part.End));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5 * MiB)]
    [InlineData(3_000, 5 * MiB)]
    [InlineData(1, 10_000 * 16 * MiB)]
    [InlineData(2, 200 * (TiB / 10))]
    [InlineData(1, 48 * TiB)]
    public void Archives_of_every_size_keep_within_the_limits_of_s3(int count, long size)
    {
        var layout = LayoutOf(count, size);

        var parts = PartPlan.Cut(layout, PartLimits.S3);

        Assert.InRange(parts.Count, 1, 10_000);
        Assert.All(parts.SkipLast(1), static part => Assert.InRange(part.Length, 5 * MiB, 5L << 30));
        Assert.Equal(layout.Length, parts.Sum(static part => part.Length));
    }

    [Fact]
    public void Parts_grow_only_where_ten_thousand_of_them_would_not_do()
    {
        Assert.True(PartPlan.Cut(LayoutOf(1, 9_999 * 16 * MiB), PartLimits.S3).Max(static part => part.Length) <= 16 * MiB);
        Assert.True(PartPlan.Cut(LayoutOf(1, 20_000 * 16 * MiB), PartLimits.S3).Max(static part => part.Length) > 16 * MiB);
    }

    [Theory]
    [InlineData(400_000, 1 * MiB)]
    [InlineData(40_000, 10 * MiB + 1)]
    [InlineData(1_000_000, 7)]
    public void No_header_is_cut_where_the_limits_leave_room(int count, long size)
    {
        var layout = LayoutOf(count, size);

        Assert.Equal(1, PartPlan.MostPartsOfOneHeader(layout, PartPlan.Cut(layout, PartLimits.S3)));
    }

    [Fact]
    public void Headers_that_are_cut_are_counted_by_the_parts_that_share_them()
    {
        var layout = new ZipLayout([new ZipEntry("a", 100, 0), new ZipEntry(new string('n', 100), 100, 0)]);

        Assert.Equal(1, PartPlan.MostPartsOfOneHeader(layout, PartPlan.Cut(layout, PartLimits.File)));
        Assert.Equal(2, PartPlan.MostPartsOfOneHeader(layout, PartPlan.Cut(layout, new PartLimits(200, 200, 200, 10))));
        Assert.Equal(6, PartPlan.MostPartsOfOneHeader(layout, PartPlan.Cut(layout, new PartLimits(30, 30, 30, 100))));
    }

    [Fact]
    public void An_archive_beyond_what_s3_takes_is_refused() =>
        Assert.Equal(
            ExitCode.DataError, Assert.Throws<ArchiverException>(static () => PartPlan.Cut(LayoutOf(1, 49 * TiB), PartLimits.S3)).ExitCode);

    private static ZipLayout LayoutOf(int count, long size) =>
        new([.. Enumerable.Range(0, count).Select(i => new ZipEntry($"{i}.bin", size, 0))]);
}
