using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>When trying again is over, or cannot help anybody.</summary>
public sealed class LastResortTests
{
    [Theory]
    [InlineData(SiteKind.SqsAndS3)]
    [InlineData(SiteKind.SqliteAndFolders)]
    public async Task What_fails_at_its_last_receive_is_rejected_with_its_reason(SiteKind kind)
    {
        await using var site = await Site.CreateAsync(kind, new SiteOptions { MaxReceiveCount = 2 });
        await site.Requests.SendAsync(DummyRequest.For("hopeless", new { exit = 75 }));

        await using var poller = site.StartPollerOfDummies("", ("Poller__BackoffBase", "0"));
        await poller.LogsAsync("Rejected");
        poller.Signal("TERM");
        await poller.WaitForExitAsync();

        Assert.Equal(2, poller.Log.Events.Count(static line => line.Template.StartsWith("Received", StringComparison.Ordinal)));
        var completion = Assert.Single(await site.Completions.TakeAllAsync());
        Assert.Equal("75", completion.Text("error.exit_code"));
        Assert.Equal("TEMPFAIL", completion.Text("error.code"));
        Assert.Equal("The dummy was told to end with 75.", Assert.Single(await site.DeadLetters.TakeAllAsync()).Reason);
        Assert.Empty(await site.Requests.TakeAllAsync());
    }

    [Theory]
    [InlineData(SiteKind.SqsAndS3, 65)]
    [InlineData(SiteKind.SqsAndS3, 75)]
    [InlineData(SiteKind.SqliteAndFolders, 66)]
    public async Task Without_a_dead_letter_queue_nothing_is_dropped(SiteKind kind, int code)
    {
        await using var site = await Site.CreateAsync(kind, new SiteOptions { MaxReceiveCount = null });
        await site.Requests.SendAsync(DummyRequest.For("kept", new { exit = code }));

        await using var poller = site.StartPollerOfDummies("--once", ("Poller__BackoffBase", "1s"));
        var end = await poller.WaitForExitAsync();

        Assert.Equal(0, end.ExitCode);
        Assert.Contains(end.Log.Events, static line => line.Level == "Warning" && line.Template.Contains("no dead-letter queue", StringComparison.Ordinal));
        Assert.Equal(2, (await site.Requests.ReceiveOneAsync()).ReceiveCount);
        Assert.Empty(await site.Completions.TakeAllAsync());
        Assert.Empty(await site.DeadLetters.TakeAllAsync());
    }

    [Theory]
    [InlineData(SiteKind.SqsAndS3)]
    [InlineData(SiteKind.SqliteAndFolders)]
    public async Task A_wrong_configuration_ends_a_drain_with_78_before_it_burns_a_receive(SiteKind kind)
    {
        await using var site = await Site.CreateAsync(kind);
        await site.Requests.SendAsync(DummyRequest.For("untouched"));

        await using var poller = site.StartPollerOfDummies("--drain", ("ARCHIVER_DUMMY_CHECK", site.Folder.Put("check", "78")));
        var end = await poller.WaitForExitAsync();

        Assert.Equal(78, end.ExitCode);
        Assert.Equal(1, Assert.Single(await site.Requests.TakeAllAsync()).ReceiveCount);
    }

    [Theory]
    [InlineData(SiteKind.SqsAndS3)]
    [InlineData(SiteKind.SqliteAndFolders)]
    public async Task One_message_that_no_check_explains_neither_ends_a_drain_nor_is_it_passed_over_in_silence(SiteKind kind)
    {
        await using var site = await Site.CreateAsync(kind);
        await site.Requests.SendAsync(DummyRequest.For("wrong", new { exit = 78 }));
        await site.Requests.SendAsync(DummyRequest.For("right"));

        await using var poller = site.StartPollerOfDummies("--drain", ("MAX_CONCURRENCY", "1"), ("Poller__BackoffBase", "1h"));
        var end = await poller.WaitForExitAsync();

        Assert.Equal(0, end.ExitCode);
        Assert.Equal("right", Assert.Single(await site.Completions.TakeAllAsync()).AipId);
        Assert.Equal("1", Assert.Single(end.Log.Events, static line => line.Template.Contains("requests were released", StringComparison.Ordinal)).Text("GivenBack"));
    }

    [Fact]
    public async Task A_drain_in_which_everything_fails_ends_in_the_end()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        for (var i = 0; i < 60; i++)
            await site.Requests.SendAsync(DummyRequest.For($"message{i}", new { exit = 77 }));

        await using var poller = site.StartPollerOfDummies("--drain", ("MAX_CONCURRENCY", "2"), ("Poller__BackoffBase", "1h"));

        Assert.Equal(69, (await poller.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task A_processor_that_cannot_be_started_is_a_wrong_configuration()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await site.Requests.SendAsync(DummyRequest.For("one"));

        await using var poller = site.StartPoller("--drain", ("Processor__Path", site.Folder.Put("no-program", "text")), ("Poller__BackoffBase", "0"));
        var end = await poller.WaitForExitAsync();

        Assert.Equal(78, end.ExitCode);
        Assert.Contains(end.Log.Events, static line => line.Text("Reason")?.Contains("cannot be started", StringComparison.Ordinal) == true);
        Assert.Single(await site.Requests.TakeAllAsync());
    }
}
