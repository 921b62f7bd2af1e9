using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>When every message would fail, none is received, and the service goes on by itself when that is over.</summary>
public sealed class OutageTests : IAsyncLifetime
{
    private Site _site = null!;
    private string _check = "";

    public async ValueTask InitializeAsync()
    {
        _site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        _check = _site.Folder.Put("check", "0");
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_store_that_is_away_at_the_start_is_waited_for_without_receiving()
    {
        Answer(69);
        await _site.Requests.SendAsync(DummyRequest.For("waiting"));
        await using var poller = Start();
        await poller.LogsAsync("Receiving pauses", times: 2);
        Assert.Empty(Received(poller));

        Answer(0);
        await poller.LogsAsync("Archived");
        Assert.Equal("1", Assert.Single(Received(poller)).Text("ReceiveCount"));
    }

    [Theory]
    [InlineData(78)]
    [InlineData(77)]
    public async Task What_only_people_can_mend_ends_the_start(int code)
    {
        Answer(code);
        await _site.Requests.SendAsync(DummyRequest.For("untouched"));
        await using var poller = Start();

        Assert.Equal(code, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Equal(1, Assert.Single(await _site.Requests.TakeAllAsync()).ReceiveCount);
    }

    [Theory]
    [InlineData(66, "Rejected")]
    [InlineData(69, "Released")]
    [InlineData(77, "Released")]
    [InlineData(78, "Released")]
    public async Task A_program_that_does_not_know_the_check_gets_messages_all_the_same(int code, string end)
    {
        var program = _site.Folder.PutScript("program.sh", $"cat >/dev/null; exit {code}");
        await _site.Requests.SendAsync("""{"aipid":"anything"}""");
        await using var poller = _site.StartPoller("", ("Processor__Path", program), ("Poller__BackoffBase", "1h"));

        await poller.LogsAsync(end, line => line.Text("ExitCode") == $"{code}");
    }

    [Theory]
    [InlineData(69)]
    [InlineData(77)]
    public async Task A_store_that_goes_away_costs_one_receive_and_no_more(int code)
    {
        foreach (var name in (string[])["one", "two", "three"])
            await _site.Requests.SendAsync(DummyRequest.For(name, new { exits = (int[])[code, 0], record = _site.Register.Folder, wait_for = _site.Register.Gate() }));
        await using var poller = Start(("MAX_CONCURRENCY", "1"));
        await poller.EventuallyAsync("one has begun", () => _site.Register.Begun == 1);
        Answer(code);
        _site.Register.Open();
        await poller.LogsAsync("Receiving pauses", times: 3);
        Assert.Single(Received(poller));

        Answer(0);
        await poller.LogsAsync("Archived", times: 3);
        Assert.InRange(Received(poller).Count(), 4, 6);
    }

    [Fact]
    public async Task A_failure_of_one_message_alone_holds_up_nobody()
    {
        await _site.Requests.SendAsync(DummyRequest.For("unlucky", new { exits = (int[])[77, 0], record = _site.Register.Folder }));
        await _site.Requests.SendAsync(DummyRequest.For("lucky"));
        await using var poller = Start();

        await poller.LogsAsync("Archived", times: 2);
        Assert.DoesNotContain(poller.Log.Events, static line => line.Template.StartsWith("Receiving pauses", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_configuration_that_only_messages_show_is_tried_with_one_message_after_each_pause()
    {
        foreach (var name in (string[])["one", "two", "three", "four"])
            await _site.Requests.SendAsync(DummyRequest.For(name, new { exit = 78 }));
        await using var poller = Start(("MAX_CONCURRENCY", "2"), ("Poller__BackoffBase", "1h"));
        await poller.LogsAsync("Receiving pauses", times: 3);
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        var beforeTheLastPause = poller.Log.Events.TakeWhile(line => line != poller.Log.Events.Last(static l => l.Template.StartsWith("Receiving pauses", StringComparison.Ordinal)));
        Assert.InRange(beforeTheLastPause.Count(static line => line.Template.StartsWith("Received", StringComparison.Ordinal)), 3, 4);
    }

    private void Answer(int exitCode)
    {
        // Whoever looks must never find half a file.
        File.WriteAllText($"{_check}.next", $"{exitCode}");
        File.Move($"{_check}.next", _check, overwrite: true);
    }

    private ProgramUnderTest Start(params (string Name, string? Value)[] settings) =>
        _site.StartPollerOfDummies("", [("ARCHIVER_DUMMY_CHECK", _check), ("Poller__BackoffBase", "0"), .. settings]);

    private static IEnumerable<LogEvent> Received(ProgramUnderTest poller) =>
        poller.Log.Events.Where(static line => line.Template.StartsWith("Received", StringComparison.Ordinal));
}
