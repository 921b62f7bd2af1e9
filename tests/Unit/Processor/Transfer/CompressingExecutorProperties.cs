using System.IO.Compression;
using System.IO.Hashing;
using Archiver.Processor.Parts;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;
using Archiver.Processor.Transfer;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;
using FsCheck.Xunit;

namespace Archiver.Tests.Processor.Transfer;

/// <summary>What holds for every archive with compressed entries, whatever the order in which reads and writes end.</summary>
[Properties(Arbitrary = [typeof(ArchiveCases)], MaxTest = 150)]
public sealed class CompressingExecutorProperties
{
    private const int SmallBlock = 64;

    [Property]
    public async Task Every_archive_opens_with_the_right_entries(ArchiveCase archive)
    {
        if (archive.Entries.Count == 0)
            return; // the planner refuses an archive of nothing
        var bytes = await WriteAsync(archive, Compression.Deflate, budget: 1 << 24);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(archive.Entries.Select(static entry => entry.Name), zip.Entries.Select(static entry => entry.FullName));
        for (var i = 0; i < archive.Entries.Count; i++)
        {
            using var content = new MemoryStream();
            using (var stream = zip.Entries[i].Open())
                stream.CopyTo(content);
            Assert.Equal(archive.Contents[i], content.ToArray());
            Assert.Equal(archive.CrcOf(i), zip.Entries[i].Crc32);
            Assert.Equal(archive.Contents[i].Length, zip.Entries[i].Length);
        }
    }

    [Property]
    public async Task The_same_plan_gives_the_same_bytes_in_any_order_of_events(ArchiveCase archive)
    {
        if (archive.Entries.Count == 0)
            return;
        var first = await WriteAsync(archive, Compression.Deflate, budget: 1 << 24);
        var second = await WriteAsync(archive with { Seed = archive.Seed ^ 1 }, Compression.Deflate, budget: 1 << 20);
        Assert.Equal(first, second);
    }

    [Property]
    public async Task The_smallest_budget_carries_every_archive(ArchiveCase archive)
    {
        if (archive.Entries.Count == 0)
            return;
        // One part can hold the longest header, and three parts fit into memory.
        var roomy = archive with { Limits = new PartLimits(1, 2000, 2000, int.MaxValue) };
        var bytes = await WriteAsync(roomy, Compression.Deflate, budget: 1);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(archive.Entries.Count, zip.Entries.Count);
    }

    [Property]
    public async Task Stored_entries_are_those_of_the_layout(ArchiveCase archive)
    {
        if (archive.Entries.Count == 0)
            return;
        // With no object large enough to be copied, the layout has the request's order, as this executor always has.
        var ordered = new ArchiveCase(archive.Entries, archive.Contents, archive.Limits with { Least = long.MaxValue }, archive.Seed);
        Assert.Equal(ordered.StraightThrough(), await WriteAsync(archive, Compression.Store, budget: 1 << 24));
    }

    [Property]
    public async Task Local_headers_carry_the_true_sizes_and_checksums(ArchiveCase archive)
    {
        if (archive.Entries.Count == 0)
            return;
        var bytes = await WriteAsync(archive, Compression.Deflate, budget: 1 << 24);
        var at = 0;
        for (var i = 0; i < archive.Entries.Count; i++)
        {
            var local = LocalRecord.Read(bytes.AsSpan(at));
            Assert.Equal((0x04034b50u, archive.Entries[i].Name), (local.Signature, local.Name));
            Assert.Equal(0, local.Flags & 0x0008); // no data descriptor
            Assert.Equal((archive.CrcOf(i), (uint)archive.Contents[i].Length), (local.Crc, local.Size));
            at += local.Length + (int)local.Compressed;
        }
    }

    private static async Task<byte[]> WriteAsync(ArchiveCase archive, Compression compression, long budget)
    {
        await using var chaos = new Chaos(archive.Seed);
        var source = MemorySource.Of(archive);
        source.BeforeRead = (_, _, token) => chaos.WaitAsync(token);
        var upload = new MemoryUpload(archive.Layout.Length * 2 + 100_000) { BeforeWrite = (_, token) => chaos.WaitAsync(token) };
        var progress = new TransferProgress(archive.Contents.Sum(static content => (long)content.Length), archive.Entries.Count);
        var limits = archive.Limits with { MostParts = int.MaxValue };
        var executor = new CompressingExecutor(source, archive.Plan, compression, limits, budget, progress, SmallBlock);

        var writing = Task.Run(() => executor.WriteAsync(_ => Task.FromResult<IArchiveUpload>(upload), CancellationToken.None));
        var (_, length, crc) = await writing.WithPatience();

        var bytes = upload.Bytes[..(int)length];
        Assert.Equal(Crc32.HashToUInt32(bytes), crc);
        Assert.Equal((progress.BytesTotal, progress.EntriesTotal), (progress.BytesDone, progress.EntriesDone));
        return bytes;
    }
}
