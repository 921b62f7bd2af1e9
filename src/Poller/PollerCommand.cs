using System.CommandLine;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Receiving;
using Archiver.Programs.CommandLine;

namespace Archiver.Poller;

/// <summary>The command line.</summary>
internal static class PollerCommand
{
    private static readonly Option<string?> ProfileOption =
        ValueOption.Create("--profile", "Configuration file: config/NAME.json (default: local)");
    private static readonly Option<string[]> SetOption =
        new("--set") { Description = "A setting, as Section:Name=value; may be repeated. It also applies to the processors" };
    private static readonly Option<bool> DrainOption = new("--drain") { Description = "Exit when the queue is empty and all work is done" };
    private static readonly Option<bool> OnceOption = new("--once") { Description = "Receive once, finish that work, and exit" };

    public static Task<int> RunAsync(string[] args, StopSignals signals) => ProgramRun.RunAsync(Create(signals), args, static _ => null);

    public static RootCommand Create(StopSignals signals)
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
        root.SetAction((parsed, _) => PollerRun.RunAsync(
            new PollerArguments(parsed.GetValue(ProfileOption), parsed.GetValue(SetOption) ?? [], ModeOf(parsed)), signals));
        return root;
    }

    private static ReceiveMode ModeOf(ParseResult parsed) => (parsed.GetValue(DrainOption), parsed.GetValue(OnceOption)) switch
    {
        (true, true) => throw new ArchiverException(ExitCode.Usage, $"--drain and --once exclude each other.{UsageProblem.Hint(parsed)}"),
        (true, _) => ReceiveMode.Drain,
        (_, true) => ReceiveMode.Once,
        _ => ReceiveMode.Forever,
    };
}

/// <summary>What the command line said.</summary>
internal sealed record PollerArguments(string? Profile, IReadOnlyList<string> Overrides, ReceiveMode Mode)
{
    /// <summary>
    /// What every processor gets of it on its own command line; the settings go another way, since everybody can list command lines.
    /// </summary>
    public IReadOnlyList<string> ForProcessors() => Profile is null ? [] : [$"--profile={Profile}"];
}
