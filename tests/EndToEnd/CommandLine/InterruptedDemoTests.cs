using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.CommandLine;

/// <summary>archiver demo, stopped by whoever watches it.</summary>
public sealed class InterruptedDemoTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public InterruptedDemoTests() => Directory.CreateSymbolicLink(_folder["samples"], Path.Combine(Repository.Root, "samples"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ctrl_C_ends_all_of_it_with_130_and_one_line()
    {
        var processor = _folder.PutScript("processor", $"touch {_folder["begun"]}\nexec sleep 300");
        var settings = new Dictionary<string, string?> { ["Processor__Path"] = processor, ["TERM"] = "xterm" };
        await using var terminal = Terminal.Open(_folder, settings, Repository.Cli, "demo");
        await terminal.Program.EventuallyAsync("a processor has begun", () => File.Exists(_folder["begun"]));

        terminal.PressCtrlC();
        var end = await terminal.Program.WaitForExitAsync();

        Assert.Equal(130, end.ExitCode);
        Assert.EndsWith($"Stopped. The results so far are in {_folder["data/demo"]}.", end.Log.Text.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Log.Text, StringComparison.Ordinal);
        // Spectre.Console hides the cursor while it draws.
        Assert.True(end.Log.Text.LastIndexOf("\u001b[?25h", StringComparison.Ordinal) >= end.Log.Text.LastIndexOf("\u001b[?25l", StringComparison.Ordinal));
        Assert.Empty(ProcessesWith.CommandLine(_folder.Path).Except([terminal.Program.ProcessId]));
    }
}
