using System.Diagnostics;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>What one message, or the machine, does to the poller must not outlast it.</summary>
public sealed class RoughMessageTests
{
    [Fact]
    public async Task Half_a_character_takes_no_lease_of_others_with_it()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders, new SiteOptions { VisibilityTimeout = TimeSpan.FromSeconds(4) });
        await site.Requests.SendAsync("\ud800");
        await using var poller = site.StartPollerOfDummies();
        await poller.LogsAsync("Rejected", static line => line.Text("ExitCode") == "65");
        await site.Requests.SendAsync(DummyRequest.For("long", new { record = site.Register.Folder, sleep_ms = 12_000 }));
        await poller.LogsAsync("Archived");
        poller.Signal("TERM");

        var end = await poller.WaitForExitAsync();
        Assert.Equal(0, end.ExitCode);
        Assert.Equal(1, site.Register.Begun);
        Assert.DoesNotContain(end.Log.Events, static line => line.Template.Contains("started anew", StringComparison.Ordinal));
        Assert.Equal("\ud800", Assert.Single(await site.DeadLetters.TakeAllAsync()).Body);
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
        await poller.LogsAsync("{Reason}. It is tried again", static line => line.Text("Reason")!.Contains("open files", StringComparison.Ordinal));
        await poller.LogsAsync("Receiving pauses", static line => line.Text("Reason")!.Contains("open files", StringComparison.Ordinal));

        LimitFiles(poller, 1024);
        await poller.LogsAsync("Archived", times: 2);
        Assert.Empty(await site.DeadLetters.TakeAllAsync());
        Assert.Equal(2, poller.Log.Events.Count(static line => line.Template.StartsWith("Received", StringComparison.Ordinal)));
    }

    private static void LimitFiles(ProgramUnderTest poller, int files)
    {
        using var limit = Process.Start("prlimit", [$"--pid={poller.ProcessId}", $"--nofile={files}:"]);
        limit.WaitForExit();
        Assert.Equal(0, limit.ExitCode);
    }
}
