using System.CommandLine;
using Archiver.Cli.Commands;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Cli;

/// <summary>The command line: options that every command has, and the commands.</summary>
internal static class CliCommand
{
    // Long enough for a child that was told to stop to clean up after itself.
    private static readonly InvocationConfiguration Invocation = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };

    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(
            """
            Asks for archives, and hears how they went.

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
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // The library's own messages may have several lines.
            var problem = string.Join(' ', parsed.Errors[0].Message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
            await Console.Error.WriteLineAsync($"{problem} See archiver --help.").ConfigureAwait(false);
            return ExitCode.Usage;
        }
        try
        {
            return await parsed.InvokeAsync(Invocation).ConfigureAwait(false);
        }
        catch (ArchiverException error)
        {
            await Console.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            return error.ExitCode;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync($"A bug in archiver: {error}").ConfigureAwait(false);
            return ExitCode.Software;
        }
    }
}
