using System.IO.Compression;
using System.Text;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;
using Archiver.Processor.Transfer;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Transfer;

public sealed class CompressingExecutorTests : IAsyncDisposable
{
    private static readonly PartLimits Limits = new(1, 1 << 20, 1 << 20, 10_000);

    // Content that compresses, and is larger than several blocks.
    private readonly ArchiveCase _archive = new(
        [new ZipEntry("text.txt", 3_500_000, 0), new ZipEntry("noise.bin", 2_500_000, 0),
            new ZipEntry("block.txt", BlockDeflater.BlockSize, 0), new ZipEntry("last", 5, 0)],
        [Some.Text(3_500_000), Some.Bytes(2_500_000), Some.Text(BlockDeflater.BlockSize), Some.Text(5)],
        Limits, Seed: 1);

    private readonly MemorySource _source;
    private readonly MemoryUpload _upload = new(10_000_000);

    public CompressingExecutorTests() => _source = MemorySource.Of(_archive);

    public ValueTask DisposeAsync() => _upload.DisposeAsync();

    [Fact]
    public async Task Entries_of_many_blocks_are_one_stream_each()
    {
        var length = await WriteAsync();

        using var zip = new ZipArchive(new MemoryStream(_upload.Bytes, 0, (int)length));
        for (var i = 0; i < zip.Entries.Count; i++)
        {
            using var content = zip.Entries[i].Open();
            var read = new MemoryStream();
            await content.CopyToAsync(read, TestContext.Current.CancellationToken);
            Assert.Equal(_archive.Contents[i], read.ToArray());
        }
        Assert.InRange(zip.Entries[0].CompressedLength, 1, 500_000);
    }

    [Fact]
    public async Task Only_what_the_setting_says_is_compressed()
    {
        Assert.Equal(_archive.Layout.Length, await WriteAsync(Compression.Store));
    }

    [Fact]
    public async Task Generated_text_is_made_from_the_digests_of_the_entries_before_it()
    {
        var text = new GeneratedText(16, new EntryRange(0, 2), "some text", static (digests, offset, target) =>
            Encoding.ASCII.GetBytes($"{digests.CrcOf(0):x8}{digests.CrcOf(1):x8}").AsSpan((int)offset, target.Length).CopyTo(target));
        var plan = new ArchivePlan([.. _archive.Plan.Entries, new PlannedEntry("digests.txt", new EntryContent(text))], []);

        var length = await WriteAsync(plan: plan);

        using var zip = new ZipArchive(new MemoryStream(_upload.Bytes, 0, (int)length));
        using var content = new StreamReader(zip.GetEntry("digests.txt")!.Open());
        Assert.Equal($"{_archive.CrcOf(0):x8}{_archive.CrcOf(1):x8}", await content.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_first_failure_of_a_read_is_reported_and_nothing_continues()
    {
        var first = new ArchiverException(ExitCode.NoPermission, "the first");
        _source.BeforeRead = (source, offset, _) => source.Address.Key == "1" && offset > 0 ? throw first : Task.CompletedTask;

        Assert.Same(first, await Assert.ThrowsAsync<ArchiverException>(() => WriteAsync().WithPatience()));
        Assert.Equal((0, 0), (_source.UnderWay, _upload.UnderWay));
    }

    [Fact]
    public async Task The_first_failure_of_a_write_is_reported_and_the_upload_is_discarded()
    {
        var first = new ArchiverException(ExitCode.CannotCreate, "the first");
        _upload.BeforeWrite = (part, _) => part.Number == 2 ? throw first : Task.CompletedTask;

        Assert.Same(first, await Assert.ThrowsAsync<ArchiverException>(() => WriteAsync().WithPatience()));
        Assert.Equal((0, 0), (_source.UnderWay, _upload.UnderWay));
        Assert.True(_upload.IsDisposed);
    }

    [Fact]
    public async Task An_upload_that_cannot_begin_is_reported()
    {
        var error = await Assert.ThrowsAsync<ArchiverException>(() => WriteAsync(
            begin: static _ => Task.FromException<IArchiveUpload>(new ArchiverException(ExitCode.NoPermission, "no"))).WithPatience());

        Assert.Equal("no", error.Message);
    }

    [Fact]
    public async Task A_cancellation_stops_reads_and_writes()
    {
        using var stop = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        _source.BeforeRead = async (_, _, token) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        };
        var writing = WriteAsync(stop: stop);
        await begun.Task.WithPatience();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WithPatience());
        Assert.Equal((0, 0), (_source.UnderWay, _upload.UnderWay));
    }

    [Fact]
    public async Task An_archive_that_may_become_too_large_is_refused_before_anything_is_stored()
    {
        var error = await Assert.ThrowsAsync<ArchiverException>(() => WriteAsync(limits: Limits with { MostParts = 2 }).WithPatience());

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Equal(0, _source.Reads);
    }

    private async Task<long> WriteAsync(
        Compression compression = Compression.Deflate, PartLimits? limits = null, Func<bool, Task<IArchiveUpload>>? begin = null,
        CancellationTokenSource? stop = null, ArchivePlan? plan = null)
    {
        var progress = new TransferProgress(0, 0);
        var executor = new CompressingExecutor(_source, plan ?? _archive.Plan, compression, limits ?? Limits, 0, progress);
        var (_, length, _) = await Task.Run(
            () => executor.WriteAsync(begin ?? (_ => Task.FromResult<IArchiveUpload>(_upload)),
                stop?.Token ?? CancellationToken.None), CancellationToken.None);
        return length;
    }
}
