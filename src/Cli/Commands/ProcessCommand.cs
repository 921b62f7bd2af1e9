using System.CommandLine;
using System.Diagnostics;
using Archiver.Contract.Boundary;
using Archiver.Contract.CommandLine;
using Archiver.Contract.Settings;

namespace Archiver.Cli.Commands;

/// <summary>Runs the processor by hand, to make an archive or only to plan it: its input, output and terminal are this program's own.</summary>
internal static class ProcessCommand
{
    private static readonly Option<string?> AipIdOption = ValueOption.AipId("Identifier of the package");

    public static Command Create()
    {
        var command = new Command("process",
            """
            Makes one archive from a request on standard input, without any queue.

              archiver process --aipid mds2909 < samples/requests/aip.json
            """);
        command.Options.Add(AipIdOption);
        command.SetAction(static (parsed, cancellationToken) => RunAsync(parsed, [], cancellationToken));
        return command;
    }

    public static Command CreatePlan()
    {
        var command = new Command("plan",
            """
            Says what the archive of a request on standard input would hold and cost, in requests, money, time and memory. Moves no content.

              archiver plan --aipid mds2909 < samples/requests/aip.json
              archiver --json plan --aipid mds2909 < samples/requests/aip.json
            """);
        command.Options.Add(AipIdOption);
        command.SetAction(static (parsed, cancellationToken) => RunAsync(parsed, CommonOptions.WantsJson(parsed) ? ["--plan", "--json"] : ["--plan"], cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, string[] arguments, CancellationToken cancellationToken)
    {
        var path = ProgramLocator.Find(ProgramLocator.Processor, CommonOptions.Load(parsed).Get<string>(SettingCatalog.ProcessorPath));
        var aipId = parsed.GetValue(AipIdOption) is { } id ? new[] { $"--aipid={id}" } : [];
        using var child = Process.Start(new ProcessStartInfo(path, [.. arguments, .. aipId, .. CommonOptions.Forward(parsed)]) { UseShellExecute = false })!;
        using var stopped = cancellationToken.Register(() => Signals.Terminate(child.Id));
        await child.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return child.ExitCode;
    }
}
