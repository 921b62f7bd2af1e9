using System.Diagnostics;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Deploy;

/// <summary>The line of deploy/cron/archiver, run as cron runs it, but for its folders.</summary>
public sealed class CronLineTests : IAsyncLifetime
{
    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.CreateAsync(SiteKind.SqliteAndFolders);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task It_archives_what_is_there_and_ends_without_a_word()
    {
        await _site.PutSourceAsync("mds2909/a.txt", [1, 2, 3]);
        await _site.Requests.SendAsync("""{"aipid":"mds2909"}""");

        var end = await RunAsync();

        Assert.Equal((0, ""), (end.ExitCode, end.Output + end.Log.Text));
        Assert.True(Assert.Single(await _site.Completions.TakeAllAsync()).Success);
        Assert.Equal("600", (await ProgramUnderTest.RunAsync("stat", ["--format=%a", _site.Folder["last-run.log"]], _site.Folder.Path)).Output.Trim());
        Assert.Contains("Archived as", File.ReadAllText(_site.Folder["last-run.log"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_leaves_a_run_that_still_works_alone()
    {
        await _site.Requests.SendAsync("""{"aipid":"mds2909"}""");
        _site.Folder.Put("last-run.log", "of the run that still works");
        using var running = Process.Start(new ProcessStartInfo("flock", [_site.Folder["lock"], "sh", "-c", "echo locked; read -r line"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Assert.Equal("locked", await running.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        var end = await RunAsync();
        await running.StandardInput.WriteLineAsync("end");
        await running.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (end.ExitCode, end.Output + end.Log.Text));
        Assert.Equal("of the run that still works", File.ReadAllText(_site.Folder["last-run.log"]));
        Assert.Equal((1, 0), await _site.Requests.CountAsync());
    }

    [Fact]
    public async Task It_tells_of_a_run_that_failed()
    {
        var end = await RunAsync(("MAX_CONCURRENCY", "many"));

        Assert.Equal(78, end.ExitCode);
        Assert.Contains("archiver-poller ended with 78:", end.Output, StringComparison.Ordinal);
        Assert.Contains("MAX_CONCURRENCY", end.Output, StringComparison.Ordinal);
    }

    private Task<ProgramEnd> RunAsync(params (string Name, string Value)[] settings)
    {
        var lines = DeployFile.Read("cron/archiver").Split('\n');
        var line = Assert.Single(lines, static line => line.StartsWith('*'));
        Assert.Contains("SHELL=/bin/sh", lines);
        // Minute, hour, day, month, weekday, user; then the command, in which cron takes % for an end of line.
        var command = line.Split(' ', 7)[6];
        Assert.DoesNotContain("%", command, StringComparison.Ordinal);
        command = command.Replace("/var/lib/archiver", _site.Folder.Path, StringComparison.Ordinal).Replace("/opt/archiver/archiver-poller", Repository.Poller, StringComparison.Ordinal);
        File.WriteAllLines(_site.Folder[".env"], _site.Settings.Select(static setting => $"{setting.Key}={setting.Value}").Concat(settings.Select(static setting => $"{setting.Name}={setting.Value}")));
        var path = lines.Single(static line => line.StartsWith("PATH=", StringComparison.Ordinal))["PATH=".Length..];
        return ProgramUnderTest.RunAsync("/bin/sh", ["-c", command], "/", [new("PATH", path)]);
    }
}
