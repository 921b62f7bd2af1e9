using System.Globalization;
using System.Text.Json;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>Processors that treat their streams badly: each is dealt with, and the next request is archived as ever.</summary>
public sealed class RoughChildrenTests : IAsyncLifetime
{
    private const string TwoResults = """{"success":true,"message":"","archive":{"uri":"a","url":"a"}}{"success":true}""";
    private const long Flood = 256L << 20;
    private const long MostMemory = 300L << 20;

    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.CreateAsync(SiteKind.SqliteAndFolders);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"success":false,"message":"no"}""")]
    [InlineData("""{"success":true,"message":"Files successfully archived."}""")]
    [InlineData(TwoResults)]
    public async Task Exit_0_without_a_proper_result_is_a_bug_and_is_tried_again(string output)
    {
        await _site.Requests.SendAsync(DummyRequest.For("rough", new { stdout = output }));
        await using var poller = await RunWithNeighbourAsync();

        var released = Assert.Single(LinesOf(poller, "rough"), static line => line.Template.StartsWith("Released", StringComparison.Ordinal));
        Assert.Equal("70", released.Text("ExitCode"));
        Assert.Contains("reported no archive", released.Text("Reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_without_a_result_is_dealt_with_by_its_exit_code()
    {
        await _site.Requests.SendAsync(DummyRequest.For("rough", new { exit = 66, no_result = true }));
        await using var poller = await RunWithNeighbourAsync("Rejected");

        var completion = Assert.Single(await _site.Completions.TakeAllAsync(), static message => message.AipId == "rough");
        Assert.Equal("66", completion.Text("error.exit_code"));
        Assert.Contains("reported no reason", completion.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_output_is_read_but_not_kept()
    {
        await _site.Requests.SendAsync(DummyRequest.For("rough", new { flood_stdout = Flood }));
        await using var poller = await RunWithNeighbourAsync();

        Assert.InRange(PeakMemoryOf(poller), 1, MostMemory);
    }

    [Fact]
    public async Task A_log_line_without_an_end_is_cut()
    {
        await _site.Requests.SendAsync(DummyRequest.For("rough", new { flood_stderr = Flood }));
        await using var poller = await RunWithNeighbourAsync("Archived");

        Assert.InRange(PeakMemoryOf(poller), 1, MostMemory);
        Assert.All(LinesOf(poller, "rough"), static line => Assert.InRange(line.Line.Length, 1, 40_000));
    }

    [Fact]
    public async Task Of_a_flood_of_log_lines_the_first_are_passed_on_and_the_rest_is_counted()
    {
        const int size = 64 << 20;
        await _site.Requests.SendAsync(DummyRequest.For("rough", new { flood_stderr = size, line_length = 1000 }));
        await using var poller = await RunWithNeighbourAsync("Archived");

        var lines = LinesOf(poller, "rough").ToList();
        Assert.InRange(lines.Sum(static line => line.Line.Length), 500_000, 4 << 20);
        var dropped = lines.Sum(static line => long.Parse(line.Text("Dropped") ?? "0", CultureInfo.InvariantCulture));
        Assert.InRange(dropped + lines.Count(static line => line.Text("Line")?.Length >= 500), size / 1100, size / 1000);
        Assert.InRange(PeakMemoryOf(poller), 1, MostMemory);
    }

    [Fact]
    public async Task Log_lines_that_are_nearly_events_are_passed_on_as_text()
    {
        string[] lines = ["plain {Template} text", "{\"@t\":\"no time\",\"@mt\":\"x\"}", "{\"@t\":1,\"@mt\":2}", "{\"broken", "[1]", "\u001b[31mred\u001b[0m"];
        await _site.Requests.SendAsync(DummyRequest.For("rough", new { stderr = lines }));
        await using var poller = await RunWithNeighbourAsync("Archived");

        lines[^1] = @"\u001b[31mred\u001b[0m";
        Assert.Equal(lines, LinesOf(poller, "rough").Select(static line => line.Text("Line")).OfType<string>());
    }

    [Fact]
    public async Task A_large_request_that_is_never_read_harms_nothing()
    {
        await _site.Requests.SendAsync(DummyRequest.For("rough", padding: 900_000));
        await using var poller = await RunWithNeighbourAsync("Archived", ("ARCHIVER_DUMMY", JsonSerializer.Serialize(new { exit = 0 })));

        Assert.Equal(2, (await _site.Completions.TakeAllAsync()).Count);
    }

    [Fact]
    public async Task A_large_request_that_is_refused_by_closing_the_input_harms_nothing()
    {
        await _site.Requests.SendAsync(DummyRequest.For("rough", padding: 900_000));
        await using var poller = await RunWithNeighbourAsync("Archived", ("ARCHIVER_DUMMY", JsonSerializer.Serialize(new { close_stdin = true, sleep_ms = 200 })));

        Assert.Equal(2, (await _site.Completions.TakeAllAsync()).Count);
    }

    [Fact]
    public async Task A_child_that_the_processor_leaves_behind_holds_up_nobody()
    {
        await _site.Requests.SendAsync(DummyRequest.For("rough", new { grandchild = true, record = _site.Register.Folder }));
        await using var poller = await RunWithNeighbourAsync("Archived");
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Equal(2, (await _site.Completions.TakeAllAsync()).Count);
    }

    private static IEnumerable<LogEvent> LinesOf(ProgramUnderTest poller, string aipId) => poller.Log.Events.Where(line => line.AipId == aipId);

    private static long PeakMemoryOf(ProgramUnderTest poller)
    {
        var line = File.ReadLines($"/proc/{poller.ProcessId}/status").Single(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }

    /// <summary>Sends a request that behaves, and waits for the ends of both.</summary>
    private async Task<ProgramUnderTest> RunWithNeighbourAsync(string end = "Released", params (string Name, string? Value)[] settings)
    {
        await _site.Requests.SendAsync(DummyRequest.For("neighbour"));
        var poller = _site.StartPollerOfDummies("", [("MAX_CONCURRENCY", "2"), ("Poller__BackoffBase", "1h"), .. settings]);
        await poller.LogsAsync(end, static line => line.AipId == "rough");
        await poller.LogsAsync("Archived", static line => line.AipId == "neighbour");
        return poller;
    }
}
