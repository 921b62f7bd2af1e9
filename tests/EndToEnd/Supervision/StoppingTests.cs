using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>What a service does with the work under way when it is told to stop.</summary>
public sealed class StoppingTests : IAsyncLifetime
{
    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.CreateAsync(SiteKind.SqliteAndFolders, new SiteOptions { VisibilityTimeout = TimeSpan.FromSeconds(4) });

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task An_idle_service_stops_at_once(string signal)
    {
        await using var poller = _site.StartPollerOfDummies("", ("Queue__WaitTime", "20s"));
        await poller.LogsAsync("Polling");
        poller.Signal(signal);

        Assert.Equal(0, (await poller.WaitForExitAsync(TimeSpan.FromSeconds(15))).ExitCode);
    }

    [Fact]
    public async Task What_is_under_way_is_finished()
    {
        await using var poller = await StartAtGateAsync(("Poller__DrainTimeout", "5m"));
        poller.Signal("TERM");
        await poller.LogsAsync("Stopping");
        await _site.Requests.SendAsync(DummyRequest.For("too-late"));
        _site.Register.Open();

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Equal("under-way", Assert.Single(await _site.Completions.TakeAllAsync()).AipId);
        Assert.Equal("too-late", Assert.Single(await _site.Requests.TakeAllAsync()).AipId);
    }

    [Fact]
    public async Task What_takes_longer_than_the_drain_timeout_is_given_back_at_once()
    {
        await using var poller = await StartAtGateAsync(("Poller__DrainTimeout", "100ms"));
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Equal("143", ReleasedLine(poller).Text("ExitCode"));
        Assert.Equal(2, Assert.Single(await _site.Requests.TakeAllAsync()).ReceiveCount);
        Assert.Empty(await _site.Completions.TakeAllAsync());
    }

    [Fact]
    public async Task A_second_signal_gives_back_at_once()
    {
        await using var poller = await StartAtGateAsync(("Poller__DrainTimeout", "5m"));
        poller.Signal("TERM");
        await poller.LogsAsync("Stopping");
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Equal("143", ReleasedLine(poller).Text("ExitCode"));
        Assert.Single(await _site.Requests.TakeAllAsync());
    }

    [Fact]
    public async Task A_processor_that_does_not_hear_is_killed_after_its_grace_period()
    {
        await using var poller = await StartAtGateAsync(("Poller__DrainTimeout", "100ms"), ("Processor__GracePeriod", "300ms"));
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Equal("137", ReleasedLine(poller).Text("ExitCode"));
        Assert.Equal(2, (await _site.Requests.ReceiveOneAsync()).ReceiveCount);
    }

    [Fact]
    public async Task What_takes_longer_than_the_visibility_timeout_stays_hidden()
    {
        await _site.Requests.SendAsync(DummyRequest.For("long", new { record = _site.Register.Folder, sleep_ms = 9000 }));
        await using var poller = _site.StartPollerOfDummies();
        await poller.LogsAsync("Archived");

        Assert.Equal(1, _site.Register.Begun);
        Assert.Single(poller.Log.Events, static line => line.Template.StartsWith("Received", StringComparison.Ordinal));
        Assert.Single(await _site.Completions.TakeAllAsync());
    }

    [Fact]
    public async Task A_poller_that_is_killed_loses_no_request()
    {
        await using (var killed = await StartAtGateAsync())
            killed.Signal("KILL");
        await using var poller = _site.StartPollerOfDummies();
        await poller.EventuallyAsync("it has begun again", () => _site.Register.Begun == 2);
        _site.Register.Open();
        await poller.LogsAsync("Archived");

        Assert.Equal("2", poller.Log.Events.First(static line => line.Template.StartsWith("Received", StringComparison.Ordinal)).Text("ReceiveCount"));
        Assert.Single(await _site.Completions.TakeAllAsync());
    }

    private static LogEvent ReleasedLine(ProgramUnderTest poller) =>
        Assert.Single(poller.Log.Events, static line => line.Template.StartsWith("Released", StringComparison.Ordinal));

    private async Task<ProgramUnderTest> StartAtGateAsync(params (string Name, string? Value)[] settings)
    {
        var deaf = settings.Any(static setting => setting.Name == "Processor__GracePeriod");
        await _site.Requests.SendAsync(DummyRequest.For("under-way", new { record = _site.Register.Folder, wait_for = _site.Register.Gate(), ignore_sigterm = deaf }));
        var poller = _site.StartPollerOfDummies("", settings);
        await poller.EventuallyAsync("it has begun", () => _site.Register.Begun == 1);
        return poller;
    }
}
