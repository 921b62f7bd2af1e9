using System.IO.Hashing;
using Archiver.Processor.Transfer;
using Archiver.Processor.Zip;
using Archiver.Tests.Support;
using FsCheck.Xunit;

namespace Archiver.Tests.Processor.Transfer;

/// <summary>What holds for every archive, whatever the order in which reads and writes end.</summary>
[Properties(Arbitrary = [typeof(ArchiveCases)], MaxTest = 300)]
public sealed class ArchiveExecutorProperties
{
    private const long Least = 0; // as many buffers as it takes
    private const long Plenty = 1 << 30;

    [Property]
    public Task The_smallest_budget_carries_every_archive(ArchiveCase archive) => CarryAsync(archive, Least, 8);

    [Property]
    public Task One_read_at_a_time_carries_every_archive(ArchiveCase archive) => CarryAsync(archive, Least, 1);

    [Property]
    public Task A_large_budget_carries_every_archive(ArchiveCase archive) => CarryAsync(archive, Plenty, 8);

    [Property]
    public async Task Parts_larger_than_a_buffer_are_streamed(ArchiveCase archive)
    {
        const int Buffer = 7;
        var upload = await CarryAsync(archive, Least, 8, Buffer);
        Assert.Equal(archive.Parts.Count(static part => part.Length > Buffer), upload.Streamed);
    }

    private static async Task<MemoryUpload> CarryAsync(ArchiveCase archive, long budget, int parallelism, int smallestBuffer = 1 << 16)
    {
        await using var chaos = new Chaos(archive.Seed);
        var source = MemorySource.Of(archive);
        source.BeforeRead = (_, _, token) => chaos.WaitAsync(token);
        var upload = new MemoryUpload(archive.Layout.Length) { BeforeWrite = (_, token) => chaos.WaitAsync(token) };
        var progress = new TransferProgress(archive.Contents.Sum(static content => (long)content.Length), archive.Entries.Count);
        var parts = archive.Parts;
        var executor = new ArchiveExecutor(source, archive.Plan, archive.Layout, budget, parallelism, progress, smallestBuffer);

        var crc = await Task.Run(() => executor.CarryAsync(parts, upload, CancellationToken.None)).WithPatience();

        var expected = archive.StraightThrough();
        Assert.Equal(expected, upload.Bytes);
        Assert.Equal(Crc32.HashToUInt32(expected), crc);
        Assert.Equal(parts.Select(static part => part.Number), upload.Stored.Order());
        Assert.Equal((progress.BytesTotal, progress.EntriesTotal), (progress.BytesDone, progress.EntriesDone));
        Assert.InRange(source.MostUnderWay, 0, parallelism);
        Assert.InRange(upload.MostUnderWay, 1, budget == Least ? PartPlan.MostPartsOfOneHeader(archive.Layout, parts) + 1 : int.MaxValue);
        return upload;
    }
}
