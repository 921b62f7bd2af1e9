using System.IO.Hashing;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Stores;
using Archiver.Processor.Transfer;
using Archiver.Tests.Support;
using FsCheck.Xunit;

namespace Archiver.Tests.Processor.Transfer;

public sealed class EntryChecksumsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Property(Arbitrary = [typeof(ArchiveCases)], MaxTest = 200)]
    public void Ranges_reported_in_any_order_give_the_checksums_of_the_entries(ArchiveCase archive)
    {
        var checksums = new EntryChecksums(archive.Plan);
        foreach (var (entry, offset, length) in Shuffled(archive))
            Report(checksums, archive, entry, offset, length);

        Assert.True(checksums.KnowAsync(new EntryRange(0, archive.Layout.Count), Token).AsTask().IsCompletedSuccessfully);
        for (var i = 0; i < archive.Layout.Count; i++)
            Assert.Equal(archive.CrcOf(i), checksums.CrcOf(i));
    }

    [Property(Arbitrary = [typeof(ArchiveCases)], MaxTest = 100)]
    public async Task Ranges_reported_by_many_threads_reach_every_waiter(ArchiveCase archive)
    {
        var checksums = new EntryChecksums(archive.Plan);
        var waiting = Enumerable.Range(0, archive.Layout.Count).Select(i => Task.Run(() => OfAsync(checksums, i, Token), Token)).ToList();

        await Task.Run(
            () => Parallel.ForEach(
                Shuffled(archive), range => Report(checksums, archive, range.Entry, range.Offset, range.Length)),
            Token);

        var found = await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30), Token);
        Assert.Equal(Enumerable.Range(0, archive.Layout.Count).Select(archive.CrcOf), found);
    }

    [Fact]
    public void An_empty_entry_is_known_from_the_beginning() =>
        Assert.Equal(0u, new EntryChecksums(PlanOf(0)).CrcOf(0));

    [Fact]
    public async Task An_entry_is_unknown_until_its_last_range_is_read()
    {
        var checksums = new EntryChecksums(PlanOf(10));
        var waiting = OfAsync(checksums, 0, Token);

        checksums.Report(0, 5, 5, 1);
        Assert.False(waiting.IsCompleted);

        checksums.Report(0, 0, 5, 2);
        Assert.Equal(Crc32Combine.Combine(2, 1, 5), await waiting);
    }

    [Fact]
    public void A_checksum_that_is_asked_for_too_early_is_a_bug() =>
        Assert.Throws<InvalidOperationException>(() => new EntryChecksums(PlanOf(10)).CrcOf(0));

    [Fact]
    public async Task A_waiter_is_notified_of_an_entry_read_in_one_range()
    {
        var checksums = new EntryChecksums(PlanOf(10));
        var waiting = OfAsync(checksums, 0, Token);

        checksums.Report(0, 0, 10, 7);

        Assert.Equal(7u, await waiting.WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        var waiting = OfAsync(new EntryChecksums(PlanOf(10)), 0, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
    }

    [Fact]
    public async Task A_checksum_on_record_need_not_be_waited_for()
    {
        Assert.Equal(7u, await OfAsync(new EntryChecksums(PlanOf(10, recorded: 7)), 0, Token));
    }

    [Fact]
    public void Content_with_another_checksum_than_that_on_record_is_exit_code_75()
    {
        var checksums = new EntryChecksums(PlanOf(10, recorded: 7));

        checksums.Report(0, 0, 5, 1);
        var error = Assert.Throws<ArchiverException>(() => checksums.Report(0, 5, 5, 2));

        Assert.Equal(ExitCode.TempFail, error.ExitCode);
    }

    private static ArchivePlan PlanOf(long size, uint? recorded = null)
    {
        var source = new SourceObject(Some.Address("some-bucket", "a"), size, "etag", 0) { Record = new SourceRecord(null, recorded) };
        return new ArchivePlan([new PlannedEntry("a", source)], []);
    }

    private static async Task<uint> OfAsync(EntryChecksums checksums, int entry, CancellationToken cancellationToken)
    {
        await checksums.KnowAsync(EntryRange.Of(entry), cancellationToken);
        return checksums.CrcOf(entry);
    }

    private static void Report(EntryChecksums checksums, ArchiveCase archive, int entry, int offset, int length) =>
        checksums.Report(entry, offset, length, Crc32.HashToUInt32(archive.Contents[entry].AsSpan(offset, length)));

    /// <summary>All entries' content, cut into consecutive ranges and put in arbitrary order.</summary>
    private static (int Entry, int Offset, int Length)[] Shuffled(ArchiveCase archive)
    {
        var random = new Random(archive.Seed);
        var ranges = new List<(int, int, int)>();
        for (var i = 0; i < archive.Contents.Count; i++)
            for (int offset = 0, length; offset < archive.Contents[i].Length; offset += length)
            {
                length = random.Next(1, archive.Contents[i].Length - offset + 1);
                ranges.Add((i, offset, length));
            }
        var shuffled = ranges.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
