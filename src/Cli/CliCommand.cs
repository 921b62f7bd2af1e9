using System.CommandLine;
using Archiver.Cli.Commands;
using Archiver.Programs.CommandLine;

namespace Archiver.Cli;

/// <summary>The command line: options that every command has, and the commands.</summary>
internal static class CliCommand
{
    // Long enough for a child that was told to stop to clean up after itself.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(30);

    public static Task<int> RunAsync(string[] args) =>
        ProgramRun.RunAsync(Create(), args, static command => ProcessCommand.HandlesSignals(command) ? null : TerminationTimeout);

    public static RootCommand Create()
    {
        var root = new RootCommand(
            """
            Sends archive requests and receives their results.

              archiver demo
              archiver send --aipid mds2909 --filenames trial1.txt trial2.txt
              archiver --profile aws send --file request.json
              archiver receive
              archiver delete --receipt-handle HANDLE
              archiver process --aipid mds2909 < request.json
              archiver plan --aipid mds2909 < request.json
              archiver config
            """);
        foreach (var option in CommonOptions.All)
            root.Options.Add(option);
        foreach (var command in new[] { DemoCommand.Create(), SendCommand.Create(), ReceiveCommand.Create(), DeleteCommand.Create(), ProcessCommand.Create(), ProcessCommand.CreatePlan(), ConfigCommand.Create() })
            root.Subcommands.Add(command);
        return root;
    }
}
