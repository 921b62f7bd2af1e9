using Archiver.Contract.Boundary;
using Archiver.Programs.Boundary;
using CliWrap;
using Spectre.Console;

namespace Archiver.Cli.Demo;

/// <summary>Runs the real poller until the queue is empty, and draws a bar for each archive from what its log says.</summary>
internal static class DemoPoller
{
    public static async Task<int> RunAsync(DemoPlace place, IReadOnlyList<DemoRequest> requests, CancellationToken cancellationToken)
    {
        // Standard output is for the report.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var exitCode = ExitCode.Ok;
        await console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(async progress =>
            {
                var bars = requests.ToDictionary(static r => r.MessageId, r => progress.AddTask(Markup.Escape(r.File), maxValue: 1));
                exitCode = await StartAsync(place, new DemoLog(bars), cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
        return exitCode;
    }

    private static async Task<int> StartAsync(DemoPlace place, DemoLog log, CancellationToken cancellationToken)
    {
        var running = CliWrap.Cli.Wrap(ProgramLocator.Find(ProgramLocator.Poller))
            .WithArguments(["--profile=local", "--drain", .. place.Settings.Select(static s => $"--set={s}"), "--set=Log:Debug=1", "--set=Log:Readable=0", "--set=Log:File="])
            .WithStandardErrorPipe(PipeTarget.Merge(
                PipeTarget.ToFile(Path.Combine(place.Folder, "poller.log")), PipeTarget.ToDelegate(log.Read)))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(CancellationToken.None);
        // Asked, not killed: it ends its processors, and gives their requests back. After Ctrl-C, which it has had as well, this is its
        // second signal.
        await using var stopped = cancellationToken.Register(() => Signals.Terminate(running.ProcessId));
        var ended = await running.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (ended.ExitCode != ExitCode.Ok)
            await Console.Error.WriteLineAsync($"The poller ended with {ended.ExitCode}; see {place.Folder}/poller.log.").ConfigureAwait(false);
        return ended.ExitCode;
    }
}
