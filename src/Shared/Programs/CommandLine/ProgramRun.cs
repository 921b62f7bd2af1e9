using System.CommandLine;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Text;

namespace Archiver.Programs.CommandLine;

/// <summary>
/// Runs a program from its command line. However it ends, there is an exit code, and on failure one line on standard error that says why.
/// </summary>
public static class ProgramRun
{
    // Otherwise @file would be replaced by the content of the file, even in file names and identifiers.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Parses the arguments and runs the command.</summary>
    /// <param name="root">The program's commands and options.</param>
    /// <param name="args">The command line.</param>
    /// <param name="terminationTimeout">
    /// How long a command may take to stop after a signal; null if the command handles signals itself.
    /// </param>
    /// <returns>A code of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> args, Func<Command, TimeSpan?> terminationTimeout)
    {
        try
        {
            var parsed = Parse(root, args);
            if (UsageProblem.Of(parsed, args) is { } problem)
                return End(ExitCode.Usage, problem);
            var invocation = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = terminationTimeout(parsed.CommandResult.Command),
            };
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (ArchiverException error)
        {
            return End(error.ExitCode, error.Message);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return End(ExitCode.CannotCreate, SafeText.Escape(error.Message));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return End(ExitCode.Software, SafeText.EscapeLines($"A bug in {root.Name}: {error}"));
        }
    }

    /// <summary>Parses a command line as <see cref="RunAsync"/> does.</summary>
    public static ParseResult Parse(RootCommand root, IReadOnlyList<string> args) => root.Parse(args, Parsing);

    private static int End(int exitCode, string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Standard error is gone, but the exit code still reports the failure.
        }
        return exitCode;
    }
}
