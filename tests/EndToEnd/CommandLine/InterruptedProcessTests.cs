using System.Text.Json.Nodes;
using Archiver.EndToEnd.Engine;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.CommandLine;

/// <summary>archiver process, stopped while it works.</summary>
public sealed class InterruptedProcessTests(S3Fixture s3) : IClassFixture<S3Fixture>, IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private S3Workshop _workshop = null!;

    public async ValueTask InitializeAsync()
    {
        _workshop = await S3Workshop.CreateAsync(s3);
        await _workshop.PutAipAsync("interrupted", 4, 100_000);
        // Reads of the last source are never answered: the others are in the archive, which is begun and cannot be completed.
        _workshop.Proxy.Faults.Add(new Fault(FaultKind.Delay)
        {
            Operations = ["GetObject"],
            When = static request => request.Path.Value!.EndsWith("file-0003.bin", StringComparison.Ordinal),
            Delay = Timeout.InfiniteTimeSpan,
        });
        _folder.Put("request.json", S3Workshop.Whole("interrupted"));
    }

    public async ValueTask DisposeAsync()
    {
        await _workshop.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Ctrl_C_leaves_nothing_behind_and_says_so_in_a_line()
    {
        await using var terminal = Terminal.Open(_folder, Settings, "/bin/sh", "-c", $"exec '{Repository.Cli}' process < request.json");
        await terminal.Program.EventuallyAsync("the archive is begun", () => Partials().Length == 1);
        terminal.PressCtrlC();

        var end = await terminal.Program.WaitForExitAsync();
        Assert.Equal(130, end.ExitCode);
        Assert.Empty(Partials());
        Assert.Single(end.Log.All, static line => line.Contains(" ERR ", StringComparison.Ordinal) && line.Contains("Stopped", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 143)]
    public async Task A_signal_to_it_alone_is_passed_on(string signal, int exitCode)
    {
        await using var cli = ProgramUnderTest.Start(Repository.Cli, ["process"], _folder.Path, Settings, S3Workshop.Whole("interrupted"));
        await cli.EventuallyAsync("the archive is begun", () => Partials().Length == 1);
        cli.Signal(signal);

        var end = await cli.WaitForExitAsync();
        Assert.Equal(exitCode, end.ExitCode);
        Assert.Equal(exitCode, JsonNode.Parse(end.Output)!["error"]!["exit_code"]!.GetValue<int>());
        Assert.Empty(Partials());
    }

    [Fact]
    public async Task A_processor_that_still_waits_for_its_request_stops_as_well()
    {
        var end = await ProgramUnderTest.RunAsync(
            "/bin/bash", ["-c", $"timeout --preserve-status 5 '{Repository.Processor}' < <(exec sleep 30 2> /dev/null)"], _folder.Path, Settings);

        Assert.Equal(143, end.ExitCode);
        Assert.Equal(143, JsonNode.Parse(end.Output)!["error"]!["exit_code"]!.GetValue<int>());
    }

    private IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(_workshop.Settings)
    {
        ["S3_DESTINATION_BUCKET"] = null,
        ["Destination__Location"] = _folder["archives"],
    };

    private string[] Partials() => Directory.Exists(_folder["archives"]) ? Directory.GetFiles(_folder["archives"], "*.partial*", SearchOption.AllDirectories) : [];
}
