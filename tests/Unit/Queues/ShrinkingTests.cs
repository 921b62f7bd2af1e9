using Archiver.Queues;
using Archiver.Queues.Sqlite;

namespace Archiver.Tests.Queues;

/// <summary>A queue file returns the space of deleted messages when there is nothing else to do.</summary>
public sealed class ShrinkingTests : IDisposable
{
    private readonly SqliteFolder _place = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Theory]
    // Pages in all, and free pages.
    [InlineData(10, 0, true, 0)]
    [InlineData(300, 256, true, 0)]
    [InlineData(300, 257, true, 1)]
    [InlineData(1_000_000, 257, true, 1)]
    // Created without incremental vacuum: seldom, because nobody else can write meanwhile.
    [InlineData(5_000, 4_000, false, 0)]
    [InlineData(5_000, 4_500, false, 2)]
    [InlineData(10_000, 4_500, false, 0)]
    [InlineData(1_000_000, 980_000, false, 0)]
    [InlineData(1_000_000, 990_000, false, 2)]
    public void A_file_shrinks_by_its_free_pages(long pages, long free, bool incremental, int step) =>
        Assert.Equal((ShrinkStep)step, Shrinking.Next(pages, free, incremental));

    [Fact]
    public async Task A_file_becomes_small_again()
    {
        await using var queue = new SqliteMessageQueue(_place.Location);
        await FillAndDrainAsync(queue);

        await ReceiveUntilAsync(queue, () => Length < 3 << 20);

        Assert.Equal("ok", _place.Ask("PRAGMA integrity_check"));
        Assert.True(new FileInfo(_place.File + "-wal").Length <= 17 << 20);
    }

    [Fact]
    public async Task A_file_created_without_incremental_vacuum_becomes_small_again()
    {
        _place.Ask("CREATE TABLE t (x)");
        _place.Ask("DROP TABLE t");
        await using var queue = new SqliteMessageQueue(_place.Location);
        Assert.Equal(0L, _place.Ask("PRAGMA auto_vacuum"));
        await FillAndDrainAsync(queue);

        await ReceiveUntilAsync(queue, () => Length < 3 << 20);

        Assert.Equal(2L, _place.Ask("PRAGMA auto_vacuum"));
    }

    private long Length => new FileInfo(_place.File).Length;

    private async Task FillAndDrainAsync(SqliteMessageQueue queue)
    {
        var body = new string('x', 1024 * 1024);
        for (var i = 0; i < 20; i++)
            await queue.SendAsync(new OutgoingMessage(body), Token);
        while (await queue.ReceiveAsync(10, TimeSpan.Zero, Token) is { Count: > 0 } messages)
        {
            Assert.True(Length > 16 << 20);
            await queue.DeleteAsync([.. messages.Select(m => m.ReceiptHandle)], Token);
        }
    }

    private static async Task ReceiveUntilAsync(SqliteMessageQueue queue, Func<bool> done)
    {
        for (var looks = 0; !done(); looks++)
        {
            Assert.True(looks < 1000, "The file stays as large as it was.");
            Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));
        }
    }
}
