using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>One receive, or until the queue is empty.</summary>
public sealed class ModesTests
{
    [Theory]
    [InlineData("--once")]
    [InlineData("--drain")]
    public async Task An_empty_queue_is_the_end(string mode)
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await using var poller = site.StartPollerOfDummies(mode);

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
    }

    [Theory]
    [InlineData(SiteKind.SqsAndS3)]
    [InlineData(SiteKind.SqliteAndFolders)]
    public async Task Once_is_one_receive_and_the_work_that_it_brings(SiteKind kind)
    {
        await using var site = await Site.CreateAsync(kind);
        foreach (var name in (string[])["one", "two", "three"])
            await site.Requests.SendAsync(DummyRequest.For(name));

        await using var poller = site.StartPollerOfDummies("--once", ("MAX_CONCURRENCY", "1"));

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Single(await site.Completions.TakeAllAsync());
        Assert.Equal([1, 1], (await site.Requests.TakeAllAsync()).Select(static message => message.ReceiveCount));
    }

    [Theory]
    [InlineData(SiteKind.SqsAndS3)]
    [InlineData(SiteKind.SqliteAndFolders)]
    public async Task A_second_drain_started_meanwhile_is_fine(SiteKind kind)
    {
        await using var site = await Site.CreateAsync(kind);
        for (var i = 0; i < 12; i++)
            await site.Requests.SendAsync(DummyRequest.For($"aip{i:00}", new { record = site.Register.Folder, sleep_ms = 50 }));

        await using var first = site.StartPollerOfDummies("--drain", ("MAX_CONCURRENCY", "2"));
        await first.LogsAsync("Received");
        await using var second = site.StartPollerOfDummies("--drain", ("MAX_CONCURRENCY", "2"));

        Assert.Equal(0, (await first.WaitForExitAsync()).ExitCode);
        Assert.Equal(0, (await second.WaitForExitAsync()).ExitCode);
        Assert.Equal(12, site.Register.Begun);
        Assert.Equal(12, (await site.Completions.TakeAllAsync()).Select(static message => message.AipId).Distinct().Count());
        Assert.Empty(await site.Requests.TakeAllAsync());
    }

    [Fact]
    public async Task A_drain_waits_for_what_its_own_work_gives_back()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await site.Requests.SendAsync(DummyRequest.For("again", new { exits = (int[])[143, 0], record = site.Register.Folder, sleep_ms = 1500 }));

        await using var poller = site.StartPollerOfDummies("--drain");

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.True(Assert.Single(await site.Completions.TakeAllAsync()).Success);
    }

    [Theory]
    [InlineData("--drain --once")]
    [InlineData("--no-such-option")]
    public async Task A_wrong_command_line_is_64(string arguments)
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await using var poller = site.StartPollerOfDummies(arguments);

        Assert.Equal(64, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Single(poller.Log.All);
    }

    [Theory]
    [InlineData("MAX_CONCURRENCY", "many", "Poller:MaxConcurrency")]
    [InlineData("S3_SOURCE_BUCKET", "no bucket", "Source:Location")]
    [InlineData("SCHEMA_FILE", "/nowhere/schema.json", "SCHEMA_FILE")]
    [InlineData("ARCHIVER_PROFILE", "nowhere", "nowhere")]
    [InlineData("Processor__Path", "/nowhere/processor", "/nowhere/processor")]
    public async Task A_wrong_setting_is_78_and_one_line_that_names_it(string name, string value, string named)
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await using var poller = site.StartPoller("--drain", (name, value));

        Assert.Equal(78, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Contains(named, Assert.Single(poller.Log.All), StringComparison.Ordinal);
    }
}
