using System.CommandLine;
using System.CommandLine.Parsing;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Processor.Costs;
using Archiver.Processor.Supervision;
using Archiver.Programs.CommandLine;

namespace Archiver.Processor.Commands;

/// <summary>The command line: the commands, and the older options that stand for a command.</summary>
internal static class ProcessorCommandLine
{
    private static readonly Option<bool> PlanOption = new("--plan") { Description = "Same as the plan command" };
    private static readonly Option<bool> CheckOption = new("--check") { Description = "Same as the check command" };

    public static Task<int> RunAsync(string[] args, StopSignals stop) => ProgramRun.RunAsync(Create(stop), args, static _ => null);

    public static RootCommand Create(StopSignals stop)
    {
        var root = new RootCommand(
            """
            Makes one archive: reads a request from standard input, stores a ZIP of the files it names, and writes one JSON result to
            standard output. This is the archive command, which is the default.

              archiver-processor --aipid=mds2909 < request.json
              echo '{"files":[{"source":"photos/1.jpg","destination":"album"}]}' | archiver-processor --aipid=demo --set Destination:Location=./out
              archiver-processor plan --aipid=mds2909 < request.json
              archiver-processor check --profile aws
            """);
        foreach (var option in (Option[])[.. RequestOptions.All, .. CommonOptions.All, CheckOption, PlanOption, PlanCommand.JsonOption])
            root.Options.Add(option);
        root.Subcommands.Add(Define<ArchiveCommand, ProcessorResult>(stop));
        root.Subcommands.Add(Define<PlanCommand, ArchiveEstimate>(stop));
        root.Subcommands.Add(Define<CheckCommand, ProcessorResult>(stop));
        root.SetAction((parsed, _) =>
            parsed.GetValue(CheckOption) ? RunAsync<CheckCommand, ProcessorResult>(parsed, stop)
            : parsed.GetValue(PlanOption) ? RunAsync<PlanCommand, ArchiveEstimate>(parsed, stop)
            : RunAsync<ArchiveCommand, ProcessorResult>(parsed, stop));
        return root;
    }

    /// <summary>Describes an option given before a command, where it would have no effect; null if there is none.</summary>
    public static string? MisplacedOption(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var option = parsed.RootCommandResult.Children.OfType<OptionResult>()
            .FirstOrDefault(static o => o is { Implicit: false, Option.Recursive: false })?.Option;
        if (command is RootCommand || option is null)
            return null;
        var problem = command.Options.Contains(option)
            ? $"{option.Name} must come after {command.Name}."
            : $"\"{option.Name}\" is not an option of {command.Name}.";
        return problem + UsageProblem.Hint(parsed);
    }

    private static Command Define<TCommand, TResult>(StopSignals stop) where TCommand : IProcessorCommand<TCommand, TResult>
    {
        var command = TCommand.Define();
        command.SetAction((parsed, _) => RunAsync<TCommand, TResult>(parsed, stop));
        return command;
    }

    private static Task<int> RunAsync<TCommand, TResult>(ParseResult parsed, StopSignals stop)
        where TCommand : IProcessorCommand<TCommand, TResult> =>
        MisplacedOption(parsed) is { } problem
            ? throw new ArchiverException(ExitCode.Usage, problem)
            : CommandRun.RunAsync<TCommand, TResult>(TCommand.From(parsed), () => CommonOptions.Load(parsed), stop);
}
