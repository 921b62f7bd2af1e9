using System.CommandLine;
using Archiver.Cli.Demo;
using Archiver.Contract.Boundary;

namespace Archiver.Cli.Commands;

/// <summary>Runs the whole way once, on this machine, with the samples.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var command = new Command("demo",
            """
            Puts the sample requests on a queue, runs the poller until the queue is empty, and shows the results.
            The queue is a SQLite file and the stores are folders, below ./data/demo; poller and processor are the real ones.
            """);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var place = DemoPlace.Prepare();
        try
        {
            var requests = await DemoRequests.SendAsync(place, cancellationToken).ConfigureAwait(false);
            var exitCode = await DemoPoller.RunAsync(place, requests, cancellationToken).ConfigureAwait(false);
            var report = await DemoReport.CollectAsync(place, cancellationToken).ConfigureAwait(false);
            report.Show(CommonOptions.WantsJson(parsed));
            return exitCode != ExitCode.Ok ? exitCode : report.IsAsExpected(requests) ? ExitCode.Ok : ExitCode.Software;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Stopped. The results so far are in {place.Folder}.").ConfigureAwait(false);
            throw;
        }
    }
}
