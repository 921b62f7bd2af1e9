using Archiver.Processor.Costs;
using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Costs;

/// <summary>What the cost model takes for archives as they come.</summary>
public sealed class PartChoiceTests
{
    private const long MiB = 1 << 20;
    private const long GiB = 1 << 30;

    [Theory]
    [InlineData(1, 1_000, AssemblyMode.Carry)]
    [InlineData(1, 15 * MiB, AssemblyMode.Carry)]
    [InlineData(10_000, 100_000, AssemblyMode.Carry)]
    [InlineData(1, GiB, AssemblyMode.Copy)]
    [InlineData(40, 256 * MiB, AssemblyMode.Copy)]
    [InlineData(3_000, 6 * MiB, AssemblyMode.Copy)]
    [InlineData(20, 100 * GiB, AssemblyMode.Copy)]
    public void Auto_takes_what_costs_less(int count, long size, AssemblyMode expected) =>
        Assert.Equal(expected, ChoiceFor(count, size).Choose(AssemblyMode.Auto, static _ => true).Mode);

    [Fact]
    public void Nothing_is_copied_from_where_that_cannot_be() =>
        Assert.Equal(AssemblyMode.Carry, ChoiceFor(40, 256 * MiB).Choose(AssemblyMode.Copy, static _ => false).Mode);

    [Theory]
    [InlineData(AssemblyMode.Carry)]
    [InlineData(AssemblyMode.Copy)]
    public void The_setting_goes_before_the_cost(AssemblyMode mode) =>
        Assert.Equal(mode, ChoiceFor(1, 40 * MiB).Choose(mode, static _ => true).Mode);

    [Fact]
    public void Much_bandwidth_and_small_copies_make_carrying_worth_while() =>
        Assert.Equal(AssemblyMode.Carry, ChoiceFor(3_000, 6 * MiB, bandwidth: 20 * GiB).Choose(AssemblyMode.Auto, static _ => true).Mode);

    [Fact]
    public void Carrying_40_objects_of_256_MiB_takes_a_request_for_each_read_and_each_part()
    {
        var work = ChoiceFor(40, 256 * MiB).Carried().Work;
        var requests = CostModel.Requests(work, toS3: true).ByOperation;

        Assert.Equal(work.Parts, requests["UploadPart"]);
        Assert.Equal(work.Reads, requests["GetObject"]);
        Assert.Equal(40 * 256 * MiB, work.ReadBytes);
        Assert.DoesNotContain("UploadPartCopy", requests.Keys);
    }

    [Fact]
    public void Copying_40_objects_of_256_MiB_takes_two_copies_of_each_and_one_trial()
    {
        var work = ChoiceFor(40, 256 * MiB).Copied(static _ => true)!.Work;
        var requests = CostModel.Requests(work, toS3: true).ByOperation;

        Assert.Equal(81, requests["UploadPartCopy"]);
        Assert.Equal(41, requests["UploadPart"]);
        Assert.InRange(work.CarriedBytes, 200 * MiB, 200 * MiB + 10_000);
        Assert.Equal(work.CarriedBytes + work.CopiedBytes, ChoiceFor(40, 256 * MiB).Carried().Work.CarriedBytes);
    }

    [Fact]
    public void Parts_that_no_buffer_holds_are_read_twice()
    {
        var work = ChoiceFor(1, 400 * GiB).Carried().Work;

        Assert.InRange(work.ReadBytes, 2 * 399 * GiB, 2 * 400 * GiB);
    }

    [Fact]
    public void Bytes_that_leave_their_region_are_paid_for_however_they_move()
    {
        Assert.Equal(0, new CostModel(100 * MiB, 8, crossesRegions: false).TransferDollars(1_000_000_000));
        Assert.Equal(0.02, new CostModel(100 * MiB, 8, crossesRegions: true).TransferDollars(1_000_000_000), 6);
    }

    [Fact]
    public void Requests_that_write_cost_more_than_those_that_read() =>
        Assert.Equal(0.005 + 0.0004, new RequestCounts().Add("UploadPartCopy", 1_000).Add("GetObject", 1_000).Dollars, 9);

    private static PartChoice ChoiceFor(int count, long size, long bandwidth = 100 * MiB)
    {
        var plan = new ArchivePlan(
            [.. Enumerable.Range(0, count).Select(i => new PlannedEntry($"{i}.bin", new SourceObject(Some.Address("some-bucket", $"{i}"), size, "etag", 0)))], []);
        return new PartChoice(plan, new ZipLayout(plan), PartLimits.S3, new CostModel(bandwidth, 8, crossesRegions: false), 64 * MiB, 8);
    }
}
