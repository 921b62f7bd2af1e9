using System.IO.Hashing;
using Archiver.Processor.Parts;
using Archiver.Processor.Reporting;
using Archiver.Processor.Transfer;
using Archiver.Tests.Support;
using FsCheck.Xunit;

namespace Archiver.Tests.Processor.Transfer;

/// <summary>What holds for every archive, whatever the order in which reads and writes end.</summary>
[Properties(Arbitrary = [typeof(ArchiveCases)], MaxTest = 300)]
public sealed class ArchiveExecutorProperties
{
    private const long Least = 0; // as many buffers as it takes
    private const long Plenty = 1 << 30;
    private const int Buffer = 1 << 16;

    [Property]
    public Task The_smallest_budget_carries_every_archive(ArchiveCase archive) => CarryAsync(archive, Least, 8);

    [Property]
    public Task One_read_at_a_time_carries_every_archive(ArchiveCase archive) => CarryAsync(archive, Least, 1);

    [Property]
    public Task A_large_budget_carries_every_archive(ArchiveCase archive) => CarryAsync(archive, Plenty, 8);

    [Property]
    public async Task Parts_larger_than_a_buffer_are_streamed(ArchiveCase archive)
    {
        const int Small = 7;
        var upload = await CarryAsync(archive, Least, 8, Small);
        Assert.Equal(archive.Parts.Count(static part => part.Length > Small), upload.Streamed);
    }

    [Property]
    public async Task What_the_store_copies_is_not_read(ArchiveCase archive)
    {
        var upload = await CopyAsync(archive, static _ => false);
        Assert.Equal(archive.PartsWithCopies.Where(static part => part.IsCopied).Select(static part => part.Number), upload.Copied.Order());
    }

    [Property]
    public async Task What_the_store_refuses_to_copy_is_carried_in_the_same_parts(ArchiveCase archive)
    {
        var upload = await CopyAsync(archive, part => (part.Number + archive.Seed) % 2 == 0);
        // Parts larger than a buffer are streamed as well.
        Assert.Equal(
            archive.PartsWithCopies.Count(static part => part.IsCopied || part.Length > Buffer),
            upload.Copied.Count + upload.Streamed);
    }

    [Property]
    public async Task A_part_of_one_entry_that_was_stored_before_is_neither_read_nor_stored_again(ArchiveCase archive)
    {
        var bytes = archive.StraightThrough();
        var there = archive.Parts.Where(part => (part.Number + archive.Seed) % 3 != 0 && IsContentOfOne(archive, part)).ToList();
        var upload = new MemoryUpload(bytes.Length)
        {
            Earlier = there.ToDictionary(static part => part.Number,
                part => Crc32.HashToUInt32(bytes.AsSpan((int)part.Offset, (int)part.Length))),
        };
        foreach (var part in there)
            bytes.AsSpan((int)part.Offset, (int)part.Length).CopyTo(upload.Bytes.AsSpan((int)part.Offset));

        await BringAsync(archive, archive.Parts, MemorySource.Of(archive), upload, Least, 8, Buffer);

        Assert.Equal(archive.Parts.Except(there).Select(static part => part.Number), upload.Stored.Order());
    }

    private static bool IsContentOfOne(ArchiveCase archive, Part part) =>
        archive.Layout.PiecesOf(part).First() is { IsContent: true } piece && piece.Length == part.Length;

    private static async Task<MemoryUpload> CopyAsync(ArchiveCase archive, Func<Part, bool> refuses)
    {
        await using var chaos = new Chaos(archive.Seed);
        var source = MemorySource.Of(archive);
        source.BeforeRead = (_, _, token) => chaos.WaitAsync(token);
        var upload = new MemoryUpload(archive.Layout.Length)
        {
            BeforeWrite = (_, token) => chaos.WaitAsync(token),
            CopiesFrom = MemorySource.Of(archive),
            Refuses = refuses,
        };
        await BringAsync(archive, archive.PartsWithCopies, source, upload, Least, 8, Buffer);
        Assert.Equal(archive.PartsWithCopies.Select(static part => part.Number), upload.Stored.Order());
        return upload;
    }

    private static async Task<MemoryUpload> CarryAsync(ArchiveCase archive, long budget, int parallelism, int smallestBuffer = Buffer)
    {
        await using var chaos = new Chaos(archive.Seed);
        var source = MemorySource.Of(archive);
        source.BeforeRead = (_, _, token) => chaos.WaitAsync(token);
        var upload = new MemoryUpload(archive.Layout.Length) { BeforeWrite = (_, token) => chaos.WaitAsync(token) };
        var parts = archive.Parts;

        await BringAsync(archive, parts, source, upload, budget, parallelism, smallestBuffer);

        Assert.Equal(parts.Select(static part => part.Number), upload.Stored.Order());
        Assert.InRange(source.MostUnderWay, 0, parallelism);
        Assert.InRange(upload.MostUnderWay, 1, budget == Least ? PartPlan.MostPartsOfOneHeader(archive.Layout, parts) + 1 : int.MaxValue);
        return upload;
    }

    private static async Task BringAsync(
        ArchiveCase archive, IReadOnlyList<Part> parts, MemorySource source, MemoryUpload upload, long budget, int parallelism,
        int smallestBuffer)
    {
        var progress = new TransferProgress(archive.Contents.Sum(static content => (long)content.Length), archive.Entries.Count);
        var executor = new ArchiveExecutor(source, archive.Plan, archive.Layout, budget, parallelism, progress, smallestBuffer);

        var crc = await Task.Run(() => executor.CarryAsync(parts, upload, CancellationToken.None)).WithPatience();

        var expected = archive.StraightThrough();
        Assert.Equal(expected, upload.Bytes);
        Assert.Equal(Crc32.HashToUInt32(expected), crc);
        Assert.Equal((progress.BytesTotal, progress.EntriesTotal), (progress.BytesDone, progress.EntriesDone));
    }
}
