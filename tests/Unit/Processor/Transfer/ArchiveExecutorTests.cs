using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Parts;
using Archiver.Processor.Reporting;
using Archiver.Processor.Transfer;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Transfer;

public sealed class ArchiveExecutorTests : IAsyncDisposable
{
    private const int EntrySize = 1_000;

    private readonly ArchiveCase _archive = Some.Archive(entries: 20, EntrySize, new PartLimits(1, 1_100, 1_100, 1_000));
    private readonly MemorySource _source;
    private readonly MemoryUpload _upload;

    public ArchiveExecutorTests()
    {
        _source = MemorySource.Of(_archive);
        _upload = new MemoryUpload(_archive.Layout.Length);
    }

    public ValueTask DisposeAsync() => _upload.DisposeAsync();

    [Fact]
    public async Task Uploads_start_before_downloads_end()
    {
        var stored = new TaskCompletionSource();
        _upload.BeforeWrite = (_, _) =>
        {
            stored.TrySetResult();
            return Task.CompletedTask;
        };
        _source.BeforeRead = (source, _, token) => source.Address.Key == "19" ? stored.Task.WaitAsync(token) : Task.CompletedTask;

        await CarryAsync().WithPatience();
    }

    [Fact]
    public async Task A_slow_read_holds_up_no_other()
    {
        var others = new TaskCompletionSource();
        var begun = 0;
        _upload.BeforeWrite = (_, _) =>
        {
            if (Interlocked.Increment(ref begun) == 18)
                others.TrySetResult();
            return Task.CompletedTask;
        };
        _source.BeforeRead = (source, _, token) => source.Address.Key == "0" ? others.Task.WaitAsync(token) : Task.CompletedTask;

        await CarryAsync().WithPatience();
    }

    [Fact]
    public async Task Reads_keep_within_the_parallelism_and_parts_within_the_budget()
    {
        await using var chaos = new Chaos(7);
        _source.BeforeRead = (_, _, token) => chaos.WaitAsync(token);
        _upload.BeforeWrite = (_, token) => chaos.WaitAsync(token);

        await CarryAsync(budget: 4 * 1_100, parallelism: 3).WithPatience();

        Assert.InRange(_source.MostUnderWay, 1, 3);
        Assert.InRange(_upload.MostUnderWay, 1, 4);
    }

    [Fact]
    public async Task The_first_failure_of_a_read_is_the_one_reported()
    {
        var first = new ArchiverException(ExitCode.NoPermission, "the first");
        _source.BeforeRead = async (source, _, token) =>
        {
            if (source.Address.Key == "3")
                throw first;
            // Fewer than may be read at once, or the failing read might never begin.
            if (source.Address.Key is "4" or "5" or "6" or "7")
                await Task.Delay(Timeout.Infinite, token);
        };

        Assert.Same(first, await Assert.ThrowsAsync<ArchiverException>(() => CarryAsync().WithPatience()));
        await NothingGoesOnAsync();
    }

    [Fact]
    public async Task The_first_failure_of_a_write_is_the_one_reported()
    {
        var first = new ArchiverException(ExitCode.CannotCreate, "the first");
        _upload.BeforeWrite = async (part, token) =>
        {
            if (part.Number == 2)
                throw first;
            if (part.Number > 2)
                await Task.Delay(Timeout.Infinite, token);
        };

        Assert.Same(first, await Assert.ThrowsAsync<ArchiverException>(() => CarryAsync().WithPatience()));
        await NothingGoesOnAsync();
    }

    [Fact]
    public async Task A_failure_ends_the_wait_for_a_checksum_that_never_comes()
    {
        // One entry over many parts: the first part waits for the checksum of the last.
        var archive = Some.Archive(entries: 1, size: 10_000, new PartLimits(1, 1_000, 1_000, 1_000));
        var source = MemorySource.Of(archive);
        source.BeforeRead = (_, offset, _) => offset > 8_000
            ? throw new ArchiverException(ExitCode.TempFail, "broken")
            : Task.CompletedTask;

        await using var upload = new MemoryUpload(archive.Layout.Length);
        var error = await Assert.ThrowsAsync<ArchiverException>(() => CarryAsync(archive, source, upload, budget: 0).WithPatience());

        Assert.Equal("broken", error.Message);
    }

    [Fact]
    public async Task A_source_that_changed_is_exit_code_75_and_no_archive()
    {
        var victim = _archive.Plan.Entries[5].Source;
        _source.With(victim.Address, Some.Bytes(EntrySize, seed: 99), eTag: "another");

        var error = await Assert.ThrowsAsync<ArchiverException>(() => CarryAsync().WithPatience());

        Assert.Equal(ExitCode.TempFail, error.ExitCode);
        Assert.Contains(victim.Address.ToString(), error.Message, StringComparison.Ordinal);
        await NothingGoesOnAsync();
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
        var carrying = CarryAsync(stop: stop);
        await begun.Task.WithPatience();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => carrying.WithPatience());
        await NothingGoesOnAsync();
    }

    [Fact]
    public async Task A_cancellation_before_the_start_reads_nothing()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CarryAsync(stop: stop).WithPatience());

        Assert.Equal((0, 0), (_source.Reads, _upload.Stored.Count));
    }

    private Task<uint> CarryAsync(long budget = 1 << 20, int parallelism = 8, CancellationTokenSource? stop = null) =>
        CarryAsync(_archive, _source, _upload, budget, parallelism, stop);

    private static Task<uint> CarryAsync(
        ArchiveCase archive, MemorySource source, MemoryUpload upload, long budget, int parallelism = 8, CancellationTokenSource? stop = null) =>
        Task.Run(
            () => new ArchiveExecutor(source, archive.Plan, archive.Layout, budget, parallelism, new TransferProgress(0, 0))
                .CarryAsync(archive.Parts, upload, stop?.Token ?? CancellationToken.None),
            CancellationToken.None);

    private async Task NothingGoesOnAsync()
    {
        var (reads, stored) = (_source.Reads, _upload.Stored.Count);
        for (var i = 0; i < 100; i++)
            await Task.Yield();
        Assert.Equal((0, 0, reads, stored), (_source.UnderWay, _upload.UnderWay, _source.Reads, _upload.Stored.Count));
        Assert.InRange(stored, 0, _archive.Parts.Count - 1);
    }
}
