using System.Diagnostics;
using System.Globalization;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>Processors that start programs of their own: with the job, all of them end.</summary>
public sealed class ProcessTreeTests : IAsyncLifetime
{
    // No other test's, and in the command line of all that is started here.
    private readonly string _sleep = string.Create(CultureInfo.InvariantCulture, $"sleep 600.{Random.Shared.Next(100_000, 1_000_000)}");

    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.CreateAsync(SiteKind.SqliteAndFolders);

    public async ValueTask DisposeAsync()
    {
        foreach (var left in Alive())
            Process.GetProcessById(left).Kill();
        await _site.DisposeAsync();
    }

    [Theory]
    [InlineData("$SLEEP & wait")]
    [InlineData("setsid $SLEEP & wait")]
    [InlineData("( setsid $SLEEP & ) & wait; sleep 100")]
    [InlineData("( setsid sh -c '( trap \"\" TERM; $SLEEP & $SLEEP )' & ) & sleep 100")]
    public async Task Past_its_time_limit_a_processor_is_killed_with_all_of_them(string commands)
    {
        await using var poller = await StartAsync($"trap '' TERM\n{commands}", ("Processor__Timeout", "2s"), ("Processor__GracePeriod", "200ms"));
        await poller.EventuallyAsync("they run", () => Alive().Count > 0);
        await poller.LogsAsync("Released", static line => line.Text("ExitCode") == "137");

        await poller.EventuallyAsync("all of them are gone", () => Alive().Count == 0);
    }

    [Fact]
    public async Task Hundreds_are_killed_in_no_time()
    {
        await using var poller = await StartAsync(
            "trap '' TERM\ni=0; while [ $i -lt 300 ]; do i=$((i+1)); setsid $SLEEP & done; wait", ("Processor__Timeout", "10s"), ("Processor__GracePeriod", "200ms"));
        await poller.LogsAsync("Released", static line => line.Text("ExitCode") == "137");

        Assert.InRange(Between(poller, "Received", "Released"), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(16));
        await poller.EventuallyAsync("all of them are gone", () => Alive().Count == 0);
    }

    [Fact]
    public async Task One_that_keeps_forking_does_not_hold_up_a_stop()
    {
        var fork = _site.Folder.PutScript("fork.sh", "trap '' TERM\n[ \"$1\" -gt 0 ] || exec $SLEEP\n\"$0\" $(($1-1)) & \"$0\" $(($1-1)) & sleep 0.01; exec \"$0\" $(($1-1))");
        await using var poller = await StartAsync($"trap '' TERM\nwhile :; do setsid '{fork}' 3; done", ("Poller__DrainTimeout", "100ms"), ("Processor__GracePeriod", "500ms"));
        await poller.EventuallyAsync("they run", () => Alive().Count > 20);
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync(TimeSpan.FromSeconds(30))).ExitCode);
        await Support.Eventually.IsTrueAsync("all of them are gone", () => Alive().Count == 0);
    }

    [Fact]
    public async Task What_a_processor_leaves_behind_is_ended_with_it_and_reaped()
    {
        await using var poller = await StartAsync("( setsid $SLEEP & ); exit 75");
        await poller.LogsAsync("Released", static line => line.Text("ExitCode") == "75");

        Assert.Empty(Alive());
        await poller.EventuallyAsync("no zombie is left", () => !HasZombies(poller.ProcessId));
    }

    [Fact]
    public async Task The_child_of_a_wrapper_that_is_stopped_may_clean_up()
    {
        var worker = _site.Folder.PutScript("worker.sh", "trap 'sleep 1; touch cleaned; exit 143' TERM\ntouch began\n$SLEEP & wait");
        await using var poller = await StartAsync($"'{worker}'; exit $?", ("Poller__DrainTimeout", "100ms"));
        await poller.EventuallyAsync("it has begun", () => File.Exists(_site.Folder["began"]));
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.True(File.Exists(_site.Folder["cleaned"]));
        Assert.Contains(poller.Log.Events, static line => line.Template.StartsWith("Released", StringComparison.Ordinal) && line.Text("ExitCode") == "143");
    }

    private static TimeSpan Between(ProgramUnderTest poller, string first, string second) => TimeOf(poller, second) - TimeOf(poller, first);

    private static DateTimeOffset TimeOf(ProgramUnderTest poller, string template) =>
        poller.Log.Events.First(line => line.Template.StartsWith(template, StringComparison.Ordinal)).Time;

    private static bool HasZombies(int parent) => ProcessesWith.CommandLine("").Any(id =>
        ProcessesWith.Read(id, "stat").Split(") ")[^1].Split(' ') is ["Z", var its, ..] && its == parent.ToString(CultureInfo.InvariantCulture));

    private IReadOnlyList<int> Alive() => ProcessesWith.CommandLine(_sleep.Replace(' ', '\0'));

    private async Task<ProgramUnderTest> StartAsync(string commands, params (string Name, string? Value)[] settings)
    {
        var processor = _site.Folder.PutScript("processor.sh", $"case \"$*\" in *--check*) exit 0;; esac\nexport SLEEP='{_sleep}'\n{commands}");
        await _site.Requests.SendAsync(DummyRequest.For("tree"));
        return _site.StartPoller("", [("Processor__Path", processor), ("Poller__BackoffBase", "1h"), .. settings]);
    }
}
