using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>How many processors run at once.</summary>
public sealed class ConcurrencyTests
{
    [Theory]
    [InlineData(SiteKind.SqsAndS3)]
    [InlineData(SiteKind.SqliteAndFolders)]
    public async Task As_many_run_and_are_received_as_there_are_slots(SiteKind kind)
    {
        await using var site = await Site.CreateAsync(kind);
        await SendWaitingAsync(site, 11, "open");

        await using var poller = site.StartPollerOfDummies("--drain", ("MAX_CONCURRENCY", "3"));
        await poller.EventuallyAsync("three have begun", () => site.Register.Begun == 3);
        Assert.Equal(3, poller.Log.Events.Count(static line => line.Template.StartsWith("Received", StringComparison.Ordinal)));
        site.Register.Open();

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Equal(11, site.Register.Ended);
        Assert.Equal(3, site.Register.MostAtOnce());
        Assert.Equal(11, (await site.Completions.TakeAllAsync()).Count);
    }

    [Fact]
    public async Task The_slowest_holds_up_nobody()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqsAndS3);
        await site.Requests.SendAsync(DummyRequest.For("slow", new { record = site.Register.Folder, wait_for = site.Register.Gate() }));
        await using var poller = site.StartPollerOfDummies("", ("MAX_CONCURRENCY", "2"));
        await poller.EventuallyAsync("the slow one has begun", () => site.Register.HasBegun("slow"));

        for (var i = 0; i < 12; i++)
            await site.Requests.SendAsync(DummyRequest.For($"quick{i}", new { record = site.Register.Folder }));
        await poller.LogsAsync("Archived", static line => line.AipId != "slow", times: 12);

        Assert.False(site.Register.HasEnded("slow"));
        site.Register.Open();
        await poller.LogsAsync("Archived", static line => line.AipId == "slow");
        Assert.Equal(13, (await site.Completions.TakeAllAsync()).Count);
    }

    [Fact]
    public async Task A_change_in_the_configuration_file_takes_effect_without_a_restart()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        Configure(site, "2");
        await SendWaitingAsync(site, 5, "first");
        await SendWaitingAsync(site, 3, "second");
        await using var poller = site.StartPollerOfDummies("--profile=many");
        await poller.EventuallyAsync("two have begun", () => site.Register.Begun == 2);

        Configure(site, "5");
        await poller.EventuallyAsync("five have begun", () => site.Register.Begun == 5);

        Configure(site, "1");
        await poller.LogsAsync("The configuration file changed", static line => line.Text("MaxConcurrency") == "1");
        site.Register.Open("first");
        await poller.EventuallyAsync("one more has begun", () => site.Register.Begun == 6);
        site.Register.Open("second");
        await poller.LogsAsync("Archived", times: 8);

        Assert.Equal(5, site.Register.MostAtOnce("first"));
        Assert.Equal(1, site.Register.MostAtOnce("second"));
    }

    [Fact]
    public async Task A_mistake_in_the_configuration_file_changes_nothing()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        Configure(site, "1");
        await SendWaitingAsync(site, 3, "open");
        await using var poller = site.StartPollerOfDummies("--profile=many");
        await poller.EventuallyAsync("one has begun", () => site.Register.Begun == 1);

        Configure(site, "\"several\"");
        await poller.LogsAsync("The change to the configuration file is ignored");
        Assert.Equal(1, site.Register.Begun);
        Configure(site, "3");

        await poller.EventuallyAsync("all have begun", () => site.Register.Begun == 3);
    }

    private static void Configure(Site site, string maxConcurrency) =>
        site.Folder.Put("config/many.json", $$"""{ "Poller": { "MaxConcurrency": {{maxConcurrency}} } }""");

    private static async Task SendWaitingAsync(Site site, int count, string gate)
    {
        for (var i = 0; i < count; i++)
            await site.Requests.SendAsync(DummyRequest.For($"{gate}{i}", new { record = site.Register.Folder, wait_for = site.Register.Gate(gate) }));
    }
}
