using System.CommandLine;
using System.CommandLine.Parsing;
using Archiver.Contract.Text;

namespace Archiver.Programs.CommandLine;

/// <summary>Describes in one line what is wrong with a command line.</summary>
public static class UsageProblem
{
    /// <summary>The first problem and where to find help; null if there is none.</summary>
    /// <param name="parsed">The parsed arguments.</param>
    /// <param name="args">The arguments themselves: the parser ignores empty values.</param>
    public static string? Of(ParseResult parsed, IReadOnlyList<string> args)
    {
        if (parsed.Action?.ClearsParseErrors == true)
            return null;
        var problem = args.Where(IsEmptyOption).Select(static text => NoValue(text[..^1])).FirstOrDefault()
            ?? OptionsOf(parsed.RootCommandResult).Select(OfOption).FirstOrDefault(static found => found is not null)
            ?? OfUnmatched(parsed)
            ?? OfErrors(parsed);
        return problem is null ? null : SafeText.Escape(SafeText.Shorten(problem, 500)) + Hint(parsed);
    }

    /// <summary>Where to find help on the command.</summary>
    public static string Hint(ParseResult parsed) =>
        $" See {string.Join(' ', Path(parsed.CommandResult).Reverse().Select(static c => c.Command.Name))} --help.";

    private static string? OfOption(OptionResult result)
    {
        var option = result.Option;
        if (result.IdentifierTokenCount > 1 && option.Arity.MaximumNumberOfValues <= 1)
            return $"{option.Name} is given more than once.";
        if (result is { IdentifierTokenCount: > 0 }
            && (result.Tokens.Count < option.Arity.MinimumNumberOfValues || result.Tokens.Any(static t => t.Value.Length == 0)))
            return NoValue(option.Name);
        return null;
    }

    private static bool IsEmptyOption(string text) =>
        text.StartsWith("--", StringComparison.Ordinal) && text.IndexOf('=', StringComparison.Ordinal) == text.Length - 1;

    private static string NoValue(string option) => $"{option} has no value.";

    private static string? OfUnmatched(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.FirstOrDefault() is not { } token)
            return null;
        if (token.Length == 0)
            return "An empty argument is not expected here.";
        if (token[0] != '-' && parsed.CommandResult.Command.Subcommands is { Count: > 0 } commands)
            return $"\"{token}\" is not a command{Spelling.Question(token, commands.Select(static c => c.Name))}";
        if (token[0] != '-')
            return $"\"{token}\" is not expected here.";
        var name = token.Split('=')[0];
        var options = Path(parsed.CommandResult)
            .SelectMany(c => c.Command.Options.Where(o => o.Recursive || c == parsed.CommandResult))
            .Select(static o => o.Name);
        return $"\"{name}\" is not an option{Spelling.Question(name, options)}";
    }

    private static string? OfErrors(ParseResult parsed) =>
        parsed.Errors.Count == 0 ? null
        : parsed.CommandResult.Command is { Action: null, Subcommands: { Count: > 0 } commands }
            ? $"Give a command: {string.Join(", ", commands.Select(static c => c.Name))}."
        : parsed.Errors[0].Message;

    private static IEnumerable<OptionResult> OptionsOf(CommandResult command) =>
        command.Children.SelectMany(static child => child switch
        {
            OptionResult option => [option],
            CommandResult inner => OptionsOf(inner),
            _ => [],
        });

    private static IEnumerable<CommandResult> Path(CommandResult? command)
    {
        for (; command is not null; command = command.Parent as CommandResult)
            yield return command;
    }
}
