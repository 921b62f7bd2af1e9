using System.CommandLine;
using Archiver.Contract.Boundary;
using Archiver.Poller.Receiving;

namespace Archiver.Poller;

/// <summary>The command line.</summary>
internal static class PollerCommand
{
    private static readonly Option<string> ProfileOption = new("--profile") { Description = "Configuration file: config/NAME.json (default: local)" };
    private static readonly Option<string[]> SetOption = new("--set") { Description = "A setting, as Section:Name=value; may be repeated; the processors get it as well" };
    private static readonly Option<bool> DrainOption = new("--drain") { Description = "End when the queue is empty and all work is done" };
    private static readonly Option<bool> OnceOption = new("--once") { Description = "End after one receive and the work that it brought" };

    // This program handles signals itself; the library would end it two seconds after the first.
    private static readonly InvocationConfiguration Invocation = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    public static async Task<int> RunAsync(string[] args, StopSignals signals)
    {
        var root = new RootCommand(
            """
            Takes archive requests from a queue and has archiver-processor make each archive.

              archiver-poller --profile aws            as a service
              archiver-poller --profile aws --drain    as a cron job
              archiver-poller --once                   one receive
            """);
        foreach (var option in new Option[] { ProfileOption, SetOption, DrainOption, OnceOption })
            root.Options.Add(option);
        root.Validators.Add(static result =>
        {
            if (result.GetValue(DrainOption) && result.GetValue(OnceOption))
                result.AddError("--drain and --once exclude each other.");
        });
        root.SetAction((parsed, _) => PollerRun.RunAsync(
            new PollerArguments(
                parsed.GetValue(ProfileOption),
                parsed.GetValue(SetOption) ?? [],
                parsed.GetValue(DrainOption) ? ReceiveMode.Drain : parsed.GetValue(OnceOption) ? ReceiveMode.Once : ReceiveMode.Forever),
            signals));
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(Invocation).ConfigureAwait(false);
        await Console.Error.WriteLineAsync($"{parsed.Errors[0].Message} See archiver-poller --help.").ConfigureAwait(false);
        return ExitCode.Usage;
    }
}

/// <summary>What the command line said.</summary>
internal sealed record PollerArguments(string? Profile, IReadOnlyList<string> Overrides, ReceiveMode Mode)
{
    /// <summary>What every processor gets of it on its own command line; the settings go another way, since everybody can list command lines.</summary>
    public IReadOnlyList<string> ForProcessors() => Profile is null ? [] : [$"--profile={Profile}"];
}
