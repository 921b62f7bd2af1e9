using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;
using Archiver.Queues;
using Archiver.Queues.Sqlite;

namespace Archiver.EndToEnd.Supervision;

/// <summary>A queue file that is deleted or replaced under a running poller.</summary>
public sealed class ReplacedQueueFileTests : IAsyncLifetime
{
    private Site _site = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _site = await Site.CreateAsync(SiteKind.SqliteAndFolders);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_poller_says_that_its_file_was_deleted_and_takes_what_is_sent_to_the_new_one()
    {
        await using var poller = await StartAsync();

        Delete("queue.db*");
        await ToldAsync(poller);

        var request = _site.Folder.Put("request.json", DummyRequest.For("later", new { record = _site.Register.Folder }));
        Assert.Equal(0, (await _site.RunCliAsync(["send", "--file", request])).ExitCode);
        await poller.EventuallyAsync("the later request is done", () => _site.Register.HasEnded("later"));
    }

    [Fact]
    public async Task A_poller_says_that_its_file_was_replaced_and_takes_what_is_in_the_other_one()
    {
        await using (var other = new SqliteMessageQueue($"sqlite:{_site.Folder["other.db"]}#requests"))
            await other.SendAsync(new OutgoingMessage(DummyRequest.For("restored", new { record = _site.Register.Folder })), Token);
        await using var poller = await StartAsync();

        Delete("queue.db-*");
        File.Move(_site.Folder["other.db"], _site.Folder["queue.db"], overwrite: true);
        await ToldAsync(poller);

        await poller.EventuallyAsync("the request in the other file is done", () => _site.Register.HasEnded("restored"));
    }

    private async Task<ProgramUnderTest> StartAsync()
    {
        var poller = _site.StartPollerOfDummies();
        await _site.Requests.SendAsync(DummyRequest.For("earlier", new { record = _site.Register.Folder }));
        await poller.EventuallyAsync("the earlier request is done", () => _site.Register.HasEnded("earlier"));
        await poller.LogsAsync("Archived as");
        return poller;
    }

    private Task ToldAsync(ProgramUnderTest poller) => poller.LogsAsync(
        "Receiving pauses for {Pause}: {Reason}",
        line => line.Line.Contains($"The queue file {_site.Folder["queue.db"]} was deleted or replaced", StringComparison.Ordinal));

    private void Delete(string pattern)
    {
        foreach (var file in Directory.GetFiles(_site.Folder.Path, pattern))
            File.Delete(file);
    }
}
