using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Queues;
using Archiver.Queues.Sqlite;

namespace Archiver.Tests.Queues;

/// <summary>A queue file that somebody deletes or replaces while it is in use.</summary>
public sealed class SqliteReplacedFileTests : IDisposable
{
    private readonly SqliteFolder _place = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("queues.db*")]
    [InlineData("queues.db")]
    public async Task A_receiver_says_so_once_and_goes_on_with_the_new_file(string deleted)
    {
        await using var queue = new SqliteMessageQueue(_place.Location);
        await queue.SendAsync(new OutgoingMessage("gone"), Token);
        Delete(deleted);
        await _place.SendElsewhereAsync(Token);

        await AssertToldAsync(queue);

        Assert.Equal("message 0", Assert.Single(await queue.ReceiveAsync(10, TimeSpan.Zero, Token)).Body);
    }

    [Fact]
    public async Task A_receiver_that_waits_notices()
    {
        await using var queue = new SqliteMessageQueue(_place.Location);
        var receive = queue.ReceiveAsync(1, TimeSpan.FromSeconds(20), Token);

        Delete("queues.db*");

        var error = await Assert.ThrowsAsync<ArchiverException>(() => receive.WaitAsync(TimeSpan.FromSeconds(15), Token));
        Assert.Equal(ExitCode.Unavailable, error.ExitCode);
    }

    [Fact]
    public async Task A_file_put_in_its_place_is_read()
    {
        await using (var other = new SqliteMessageQueue($"sqlite:{_place.Folder}/other.db#requests"))
            await other.SendAsync(new OutgoingMessage("restored"), Token);
        await using var queue = new SqliteMessageQueue(_place.Location);
        await queue.SendAsync(new OutgoingMessage("replaced"), Token);
        Delete("queues.db-*");
        File.Move(Path.Combine(_place.Folder, "other.db"), _place.File, overwrite: true);

        await AssertToldAsync(queue);

        Assert.Equal("restored", Assert.Single(await queue.ReceiveAsync(10, TimeSpan.Zero, Token)).Body);
    }

    [Fact]
    public async Task What_is_sent_goes_into_the_new_file()
    {
        await using var queue = new SqliteMessageQueue(_place.Location);
        Delete("queues.db*");

        await queue.SendAsync(new OutgoingMessage("kept"), Token);

        Assert.Equal("kept", _place.Ask("SELECT body FROM messages"));
        await AssertToldAsync(queue);
        Assert.Single(await queue.ReceiveAsync(10, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task All_queues_in_it_go_on_with_the_new_file()
    {
        await using var requests = new SqliteMessageQueue(_place.Location);
        await using var completions = new SqliteMessageQueue($"sqlite:{_place.File}#completions");
        Delete("queues.db");
        await AssertToldAsync(requests);
        await _place.SendElsewhereAsync(Token);

        await completions.SendAsync(new OutgoingMessage("done"), Token);

        Assert.Single(await requests.ReceiveAsync(10, TimeSpan.Zero, Token));
        Assert.Equal(2L, _place.Ask("SELECT count(*) FROM messages"));
        Assert.Equal("ok", _place.Ask("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_message_in_flight_is_no_longer_ours()
    {
        await using var queue = new SqliteMessageQueue(_place.Location);
        await queue.SendAsync(new OutgoingMessage("gone"), Token);
        var message = Assert.Single(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));
        Delete("queues.db*");

        Assert.True((await queue.ChangeVisibilityAsync(message.ReceiptHandle, TimeSpan.FromSeconds(30), Token))?.LeaseLost);
        Assert.Null(await queue.DeleteAsync(message.ReceiptHandle, Token));
    }

    private async Task AssertToldAsync(SqliteMessageQueue queue)
    {
        var error = await Assert.ThrowsAsync<ArchiverException>(() => queue.ReceiveAsync(1, TimeSpan.Zero, Token));
        Assert.Equal(ExitCode.Unavailable, error.ExitCode);
        Assert.Contains(_place.File, error.Message, StringComparison.Ordinal);
        Assert.Contains("deleted or replaced", error.Message, StringComparison.Ordinal);
    }

    private void Delete(string pattern)
    {
        foreach (var file in Directory.GetFiles(_place.Folder, pattern))
            File.Delete(file);
    }
}
