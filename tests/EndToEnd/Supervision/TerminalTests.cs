using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>A poller that somebody has started in a terminal. What a terminal sends, it sends to all who are in the foreground.</summary>
public sealed class TerminalTests : IAsyncLifetime
{
    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.CreateAsync(SiteKind.SqliteAndFolders);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Ctrl_C_lets_the_archive_under_way_finish()
    {
        await using var terminal = await OpenAtGateAsync();
        terminal.PressCtrlC();
        await terminal.Program.LogsAsync("Stopping");
        _site.Register.Open();

        Assert.Equal(0, (await terminal.Program.WaitForExitAsync()).ExitCode);
        Assert.Equal("under-way", Assert.Single(await _site.Completions.TakeAllAsync()).AipId);
        Assert.Equal(1, _site.Register.Ended);
    }

    [Fact]
    public async Task A_second_Ctrl_C_gives_it_back()
    {
        await using var terminal = await OpenAtGateAsync();
        terminal.PressCtrlC();
        await terminal.Program.LogsAsync("Stopping");
        terminal.PressCtrlC();

        Assert.Equal(0, (await terminal.Program.WaitForExitAsync()).ExitCode);
        Assert.Equal("under-way", Assert.Single(await _site.Requests.TakeAllAsync()).AipId);
    }

    [Fact]
    public async Task Closing_it_lets_the_archive_under_way_finish()
    {
        await using var terminal = await OpenAtGateAsync();
        terminal.CloseIt();
        // Nobody sees what the poller says any more: if it takes no more requests, it has stopped.
        await Eventually.IsTrueAsync("it has stopped receiving", async () =>
        {
            await _site.Requests.SendAsync(DummyRequest.For("too-late"));
            await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
            return (await _site.Requests.TakeAllAsync()).Count > 0;
        });
        _site.Register.Open();

        Assert.Equal(0, (await terminal.Program.WaitForExitAsync()).ExitCode);
        Assert.Contains(await _site.Completions.TakeAllAsync(), static completion => completion.AipId == "under-way");
    }

    [Fact]
    public async Task A_poller_that_is_to_outlive_its_terminal_does()
    {
        await _site.Requests.SendAsync(DummyRequest.For("under-way", new { record = _site.Register.Folder, wait_for = _site.Register.Gate() }));
        await using var terminal = Terminal.Open(_site.Folder, Settings, "/usr/bin/env", "nohup", Repository.Poller);
        await terminal.Program.EventuallyAsync("it has begun", () => _site.Register.Begun == 1);
        terminal.CloseIt();
        _site.Register.Open();
        await _site.Requests.SendAsync(DummyRequest.For("later", new { record = _site.Register.Folder }));

        await Eventually.IsTrueAsync("it has gone on", () => _site.Register.HasEnded("later"));
    }

    private IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(_site.Settings)
    {
        ["Processor__Path"] = Repository.Dummy,
        ["Poller__DrainTimeout"] = "5m",
        ["MAX_CONCURRENCY"] = "2",
    };

    private async Task<Terminal> OpenAtGateAsync()
    {
        await _site.Requests.SendAsync(DummyRequest.For("under-way", new { record = _site.Register.Folder, wait_for = _site.Register.Gate() }));
        var terminal = Terminal.Open(_site.Folder, Settings, Repository.Poller);
        await terminal.Program.EventuallyAsync("it has begun", () => _site.Register.Begun == 1);
        return terminal;
    }
}
