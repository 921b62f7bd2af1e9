using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Archiver.Programs.Boundary;
using Archiver.Programs.CommandLine;
using Archiver.Programs.Settings;

namespace Archiver.Cli.Commands;

/// <summary>
/// Runs the processor by hand, to make an archive or only to plan it: its input, output and terminal are this program's own.
/// </summary>
internal static class ProcessCommand
{
    private const string Process = "process";
    private const string Plan = "plan";

    private static readonly Option<string?> AipIdOption = ValueOption.AipId("Identifier of the package");

    public static Command Create()
    {
        var command = new Command(Process,
            """
            Builds one archive from a request on standard input, without a queue.

              archiver process --aipid mds2909 < samples/requests/aip.json
            """);
        command.Options.Add(AipIdOption);
        command.SetAction(static (parsed, _) => RunAsync(parsed, []));
        return command;
    }

    public static Command CreatePlan()
    {
        var command = new Command(Plan,
            """
            Shows what the archive for a request on standard input would contain and cost: requests, money, time and memory. Transfers no content.

              archiver plan --aipid mds2909 < samples/requests/aip.json
              archiver --json plan --aipid mds2909 < samples/requests/aip.json
            """);
        command.Options.Add(AipIdOption);
        command.SetAction(static (parsed, _) => RunAsync(parsed, CommonOptions.WantsJson(parsed) ? ["--plan", "--json"] : ["--plan"]));
        return command;
    }

    /// <summary>
    /// Whether a command passes signals on to its processor: then nobody else may wait in a signal's handler before it does.
    /// </summary>
    public static bool HandlesSignals(Command command) => command.Name is Process or Plan;

    private static async Task<int> RunAsync(ParseResult parsed, string[] arguments)
    {
        var path = ProgramLocator.Find(ProgramLocator.Processor, CommonOptions.Load(parsed).Get(SettingCatalog.ProcessorPath));
        var aipId = parsed.GetValue(AipIdOption) is { } id ? new[] { $"--aipid={id}" } : [];
        using var child = System.Diagnostics.Process.Start(new ProcessStartInfo(path, [.. arguments, .. aipId, .. CommonOptions.Forward(parsed)]) { UseShellExecute = false })!;
        // It stays in this process group, since it may read the terminal. Ctrl-C reaches both then, and what reaches this program alone is
        // passed on.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => PassOn(context, Signals.Interrupt, child.Id));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => PassOn(context, Signals.Terminate, child.Id));
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => PassOn(context, Signals.Terminate, child.Id));
        // However long that takes: it says itself that it was stopped.
        await child.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        return child.ExitCode;
    }

    private static void PassOn(PosixSignalContext context, Func<int, bool> send, int processId)
    {
        context.Cancel = true;
        _ = send(processId);
    }
}
