using System.Diagnostics;
using System.Globalization;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>Processors that take too long, or stand still.</summary>
public sealed class TimeLimitTests : IAsyncLifetime
{
    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.CreateAsync(SiteKind.SqliteAndFolders);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_processor_that_takes_too_long_is_stopped()
    {
        await SendAsync(new { wait_for = _site.Register.Gate() });
        await using var poller = _site.StartPollerOfDummies("", ("Processor__Timeout", "500ms"));

        await poller.LogsAsync("Released", static line => line.Text("ExitCode") == "137" && line.Text("Reason")!.Contains("Processor:Timeout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_processor_without_progress_is_stopped()
    {
        await SendAsync(new { progress_ms = 50, progress_step = 0, wait_for = _site.Register.Gate() });
        await using var poller = _site.StartPollerOfDummies("", ("Processor__StallTimeout", "2s"));

        await poller.LogsAsync("Released", static line => line.Text("ExitCode") == "137" && line.Text("Reason")!.Contains("Processor:StallTimeout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_processor_that_makes_progress_is_not()
    {
        await SendAsync(new { progress_ms = 50, progress_step = 1, wait_for = _site.Register.Gate() });
        await using var poller = _site.StartPollerOfDummies("", ("Processor__StallTimeout", "2s"), ("Log__Debug", "1"));
        // Four seconds of it.
        await poller.LogsAsync("Archived {BytesDone}", times: 80);
        _site.Register.Open();

        await poller.LogsAsync("Archived as");
        Assert.DoesNotContain(poller.Log.Events, static line => line.Template.StartsWith("Released", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_does_not_hear_is_killed_with_its_children()
    {
        await SendAsync(new { record = _site.Register.Folder, wait_for = _site.Register.Gate(), ignore_sigterm = true, grandchild = true });
        await using var poller = _site.StartPollerOfDummies("", ("Processor__Timeout", "2s"), ("Processor__GracePeriod", "200ms"), ("Poller__BackoffBase", "1h"));
        await poller.LogsAsync("Released", static line => line.Text("ExitCode") == "137");

        var grandchild = int.Parse(File.ReadAllText(Path.Combine(_site.Register.Folder, "slow.grandchild")), CultureInfo.InvariantCulture);
        await poller.EventuallyAsync("the grandchild is gone", () => !IsAlive(grandchild));
    }

    private Task<string> SendAsync(object orders) => _site.Requests.SendAsync(DummyRequest.For("slow", orders));

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            // A zombie whose parent has not looked yet is dead.
            return !process.HasExited && !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or IOException)
        {
            return false;
        }
    }
}
