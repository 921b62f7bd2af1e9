using System.Runtime.CompilerServices;
using Archiver.Contract.Messages;
using Archiver.Processor.Costs;
using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;
using Archiver.Processor.Transfer;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Costs;

/// <summary>What archiver plan says.</summary>
public sealed class EstimatorTests
{
    private const long MiB = 1 << 20;

    [Fact]
    public async Task A_listing_of_a_million_objects_is_estimated_without_a_read()
    {
        var estimate = await EstimateAsync(new Listing(1_000_000, static i => i % 1_000 == 0 ? 50 * MiB : 20_000));

        Assert.Equal(1_000_000, estimate.Entries);
        Assert.Equal(AssemblyMode.Copy, estimate.Mode);
        Assert.Equal([AssemblyMode.Carry, AssemblyMode.Copy], estimate.Ways.Select(static way => way.Mode));
        Assert.All(estimate.Ways, way => Assert.Equal(estimate.ArchiveBytes, way.CarriedBytes + way.CopiedBytes));
        // Pages of a thousand, the last of them empty.
        Assert.All(estimate.Ways, static way => Assert.Equal(1_001, way.Requests["ListObjectsV2"]));
    }

    [Fact]
    public async Task The_table_shows_both_ways_and_marks_the_one_that_would_be_taken()
    {
        var table = EstimateTable.Of(await EstimateAsync(new Listing(4, static _ => 256 * MiB)));

        Assert.Contains("4 entries, 1.00 GiB; the archive has 1.00 GiB", table, StringComparison.Ordinal);
        Assert.Matches("(?m)^ +carry +copy \\*$", table);
        Assert.Matches("(?m)^through the processor +1.00 GiB +20.0 MiB$", table);
        Assert.Matches("(?m)^copied inside S3 +0 bytes +1,004.0 MiB$", table);
    }

    [Fact]
    public async Task Of_a_compressed_archive_every_block_is_a_read()
    {
        int[] sizes = [0, 5, 1 << 20, (1 << 20) + 1, 3_500_000];
        var archive = new ArchiveCase(
            [.. sizes.Select(static (size, i) => new ZipEntry($"{i}.txt", size, 0))], [.. sizes.Select(static size => Some.Text(size))], PartLimits.S3, Seed: 1);
        var source = MemorySource.Of(archive);
        await using var upload = new MemoryUpload(20_000_000);
        var executor = new CompressingExecutor(
            source, archive.Plan, Compression.Deflate, PartLimits.S3, 64 << 20, new TransferProgress(0, 0));
        await executor.WriteAsync(_ => Task.FromResult<IArchiveUpload>(upload), TestContext.Current.CancellationToken);

        var estimate = await EstimateAsync(
            new Listing(sizes.Length, i => sizes[i]), Some.ArchiveSettings with { Compression = Compression.Deflate });

        Assert.Equal(source.Reads, Assert.Single(estimate.Ways).Requests["GetObject"]);
    }

    [Fact]
    public async Task Three_parts_and_the_blocks_under_way_stand_in_memory_however_small_the_budget()
    {
        var settings = Some.ArchiveSettings with { Compression = Compression.Deflate, MemoryBudget = 16 * MiB };

        var estimate = await EstimateAsync(new Listing(10, static _ => 20 * MiB), settings, PartLimits.S3 with { Preferred = 5 * MiB });

        Assert.InRange(Assert.Single(estimate.Ways).MemoryBytes, 79 * MiB, 85 * MiB);
    }

    private static Task<ArchiveEstimate> EstimateAsync(ISourceStore sources, ArchiveSettings? settings = null, PartLimits? limits = null) =>
        new Estimator(settings ?? Some.ArchiveSettings, sources, new MemoryArchives(limits ?? PartLimits.S3) { CopiesFrom = new MemorySource() }, new CostModel(100 * MiB, 8, crossesRegions: false))
            .EstimateAsync(new ArchiveRequest { AipId = "all" }, "all", DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);

    /// <summary>Objects that can be listed, and of which nothing can be read.</summary>
    private sealed class Listing(int count, Func<int, long> sizeOf) : ISourceStore
    {
        public Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public async IAsyncEnumerable<SourceObject> ListAsync(ObjectAddress prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            for (var i = 0; i < count; i++)
                yield return new SourceObject(prefix with { Key = $"{prefix.Key}{i:d7}" }, sizeOf(i), "etag", 0);
        }

        public Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<string?> CheckAsync(StoreLocation location, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
