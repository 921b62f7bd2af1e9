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
    [InlineData(78)]
    public async Task A_store_that_goes_away_costs_three_receives_and_no_more(int code)
    {
        foreach (var name in (string[])["one", "two", "three", "four", "five"])
            await _site.Requests.SendAsync(DummyRequest.For(name, new { exits = (int[])[code, 0], record = _site.Register.Folder, wait_for = _site.Register.Gate() }));
        await using var poller = Start(("MAX_CONCURRENCY", "1"), ("Poller__BackoffBase", "30s"));
        await poller.EventuallyAsync("one has begun", () => _site.Register.Begun == 1);
        Answer(code);
        _site.Register.Open();
        await poller.LogsAsync("Receiving pauses", times: 2);
        Assert.Equal(3, Received(poller).Count());

        Answer(0);
        await poller.LogsAsync("Archived", times: 5);
    }

    [Theory]
    [InlineData(69)]
    [InlineData(77)]
    [InlineData(78)]
    public async Task A_failure_of_one_message_alone_holds_up_nobody(int code)
    {
        await _site.Requests.SendAsync(DummyRequest.For("unlucky", new { exit = code }));
        for (var i = 0; i < 5; i++)
            await _site.Requests.SendAsync(DummyRequest.For($"lucky{i}"));
        await using var poller = Start(("MAX_CONCURRENCY", "1"));

        await poller.LogsAsync("Archived", times: 5);
        await poller.LogsAsync("Rejected");
        Assert.Empty(Pauses(poller));
    }

    [Fact]
    public async Task Messages_that_fail_between_others_hold_up_nobody()
    {
        for (var i = 0; i < 6; i++)
            foreach (var exit in (int[])[77, 78, 0])
                await _site.Requests.SendAsync(DummyRequest.For($"message{exit}-{i}", new { exit }));
        await using var poller = Start(("MAX_CONCURRENCY", "1"), ("Poller__BackoffBase", "1h"));

        await poller.LogsAsync("Archived", times: 6);
        Assert.Empty(Pauses(poller));
    }

    [Fact]
    public async Task Twenty_in_a_row_that_no_check_explains_hold_up_those_behind_them_for_seconds()
    {
        for (var i = 0; i < 20; i++)
            await _site.Requests.SendAsync(DummyRequest.For($"poisoned{i}", new { exit = 77 }));
        for (var i = 0; i < 20; i++)
            await _site.Requests.SendAsync(DummyRequest.For($"honest{i}"));
        await using var poller = Start(("MAX_CONCURRENCY", "4"), ("Poller__BackoffBase", "1h"));

        await poller.LogsAsync("Archived", times: 20);
        Assert.InRange(Pauses(poller).Count(), 1, 5);
    }

    [Fact]
    public async Task A_failure_of_all_that_no_check_explains_is_tried_with_few_messages_after_each_pause()
    {
        for (var i = 0; i < 40; i++)
            await _site.Requests.SendAsync(DummyRequest.For($"message{i}", new { exit = 78 }));
        await using var poller = Start(("MAX_CONCURRENCY", "2"), ("Poller__BackoffBase", "1h"));
        await poller.LogsAsync("Receiving pauses", times: 3);
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.InRange(Received(poller).Count(), 3, 10);
    }

    [Fact]
    public async Task A_program_without_a_check_is_tried_with_one_message_after_each_pause()
    {
        var program = _site.Folder.PutScript("program.sh", "cat >/dev/null; exit 78");
        for (var i = 0; i < 10; i++)
            await _site.Requests.SendAsync($$"""{"aipid":"anything{{i}}"}""");
        await using var poller = _site.StartPoller("", ("Processor__Path", program), ("Poller__BackoffBase", "1h"), ("MAX_CONCURRENCY", "1"));
        await poller.LogsAsync("Receiving pauses", times: 3);
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Equal(5, Received(poller).Count());
    }

    private void Answer(int exitCode)
    {
        // Whoever looks must never find half a file.
        File.WriteAllText($"{_check}.next", $"{exitCode}");
        File.Move($"{_check}.next", _check, overwrite: true);
    }

    private ProgramUnderTest Start(params (string Name, string? Value)[] settings) =>
        _site.StartPollerOfDummies("", [("ARCHIVER_DUMMY_CHECK", _check), ("Poller__BackoffBase", "0"), .. settings]);

    private static IEnumerable<LogEvent> Pauses(ProgramUnderTest poller) =>
        poller.Log.Events.Where(static line => line.Template.StartsWith("Receiving pauses", StringComparison.Ordinal));

    private static IEnumerable<LogEvent> Received(ProgramUnderTest poller) =>
        poller.Log.Events.Where(static line => line.Template.StartsWith("Received", StringComparison.Ordinal));
}
