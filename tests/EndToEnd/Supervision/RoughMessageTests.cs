using System.Diagnostics;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;
using Microsoft.Data.Sqlite;

namespace Archiver.EndToEnd.Supervision;

/// <summary>What one message, or the machine, does to the poller must not outlast it.</summary>
public sealed class RoughMessageTests
{
    [Fact]
    public async Task A_row_that_is_no_text_takes_no_lease_of_others_with_it()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders, new SiteOptions { VisibilityTimeout = TimeSpan.FromSeconds(4) });
        Assert.Equal((0, 0), await site.Requests.CountAsync());
        PutHalfACharacter(site.Folder["queue.db"]);
        await using var poller = site.StartPollerOfDummies();
        await poller.LogsAsync("Rejected", static line => line.Text("ExitCode") == "65");
        await site.Requests.SendAsync(DummyRequest.For("long", new { record = site.Register.Folder, sleep_ms = 12_000 }));
        await poller.LogsAsync("Archived");
        poller.Signal("TERM");

        var end = await poller.WaitForExitAsync();
        Assert.Equal(0, end.ExitCode);
        Assert.Equal(1, site.Register.Begun);
        Assert.DoesNotContain(end.Log.Events, static line => line.Template.Contains("failed and restarts", StringComparison.Ordinal));
        Assert.Equal("\uFFFD", Assert.Single(await site.DeadLetters.TakeAllAsync()).Body);
    }

    [Fact]
    public async Task Without_file_descriptors_it_pauses_and_says_so_and_no_message_pays_for_it()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders, new SiteOptions { MaxReceiveCount = 1 });
        await using var poller = site.StartPollerOfDummies();
        await site.Requests.SendAsync(DummyRequest.For("first"));
        await poller.LogsAsync("Archived");
        LimitFiles(poller, 3);
        await site.Requests.SendAsync(DummyRequest.For("patient"));
        await poller.LogsAsync("{Reason}; trying again", static line => line.Text("Reason")!.Contains("open files", StringComparison.Ordinal));
        await poller.LogsAsync("Receiving pauses", static line => line.Text("Reason")!.Contains("open files", StringComparison.Ordinal));

        LimitFiles(poller, 1024);
        await poller.LogsAsync("Archived", times: 2);
        Assert.Empty(await site.DeadLetters.TakeAllAsync());
        Assert.Equal(2, poller.Log.Events.Count(static line => line.Template.StartsWith("Received", StringComparison.Ordinal)));
    }

    /// <summary>What no client sends, but another program may write: the first half of a surrogate pair in UTF-16.</summary>
    private static void PutHalfACharacter(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO messages (queue, id, sent_at, visible_at, body) SELECT id, 'foreign', 0, 0, x'00d8' FROM queues WHERE name = 'requests'";
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    private static void LimitFiles(ProgramUnderTest poller, int files)
    {
        using var limit = Process.Start("prlimit", [$"--pid={poller.ProcessId}", $"--nofile={files}:"]);
        limit.WaitForExit();
        Assert.Equal(0, limit.ExitCode);
    }
}
