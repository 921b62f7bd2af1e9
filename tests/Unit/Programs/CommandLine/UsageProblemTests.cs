using System.CommandLine;
using Archiver.Cli;
using Archiver.Poller;
using Archiver.Processor.Commands;
using Archiver.Programs.CommandLine;

namespace Archiver.Tests.CommandLine;

/// <summary>Every option of every command, used wrongly in every way, gets one line that names it and no exception.</summary>
public sealed class UsageProblemTests
{
    private static readonly Dictionary<string, Func<RootCommand>> Programs = new()
    {
        ["archiver"] = CliCommand.Create,
        ["archiver-poller"] = static () => PollerCommand.Create(new Archiver.Poller.StopSignals()),
        ["archiver-processor"] = static () => ProcessorCommandLine.Create(new Archiver.Processor.Supervision.StopSignals()),
    };

    /// <summary>
    /// A value that each option accepts and one that it refuses; null where any text will do, or where settings and files come first.
    /// </summary>
    private static readonly Dictionary<string, (string Good, string? Wrong)> Values = new()
    {
        ["--profile"] = ("local", null),
        ["--set"] = ("Log:Debug=1", null),
        ["--aipid"] = ("mds2909", "no identifier"),
        ["--filenames"] = ("a.txt", null),
        ["--priority"] = ("high", "urgent"),
        ["--file"] = ("request.json", null),
        ["--queue"] = ("requests", "nowhere"),
        ["--max"] = ("3", "abc"),
        ["--wait"] = ("1", "abc"),
        ["--receipt-handle"] = ("x", null),
        ["--sent-at"] = ("2026-11-24T12:00:00Z", "24.11.2026"),
    };

    private static readonly string[] OfTheLibrary = ["--help", "--version"];

    public static TheoryData<string, string, string> EveryOption =>
        [.. from program in Programs
            from command in Commands(program.Value(), [])
            from option in command.Options
            select new TheoryDataRow<string, string, string>(program.Key, command.Path, option.Name)];

    public static TheoryData<string, string, string> EveryOptionWithAValue =>
        [.. EveryOption.Where(static row => IsWithValue(row.Data.Item1, row.Data.Item2, row.Data.Item3)).Select(static row => row.Data)];

    [Fact]
    public void There_are_options_of_both_kinds()
    {
        Assert.InRange(EveryOption.Count, 40, 200);
        Assert.InRange(EveryOptionWithAValue.Count, 20, EveryOption.Count - 1);
    }

    [Theory]
    [MemberData(nameof(EveryOption))]
    public void A_good_value_is_accepted(string program, string path, string option) =>
        Assert.Null(Problem(program, path, [.. Required(program, path, option), .. Good(program, path, option)]));

    [Theory]
    [MemberData(nameof(EveryOptionWithAValue))]
    public void An_option_without_a_value_is_named(string program, string path, string option) =>
        Assert.StartsWith($"{option} has no value.", Problem(program, path, [option]), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(EveryOption))]
    public void An_option_with_an_empty_value_is_named(string program, string path, string option) =>
        Assert.StartsWith($"{option} has no value.", Problem(program, path, [$"{option}="]), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(EveryOptionWithAValue))]
    public void An_option_with_an_empty_argument_is_named(string program, string path, string option) =>
        Assert.StartsWith($"{option} has no value.", Problem(program, path, [option, ""]), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(EveryOption))]
    public void A_wrong_value_is_named_with_its_option(string program, string path, string option)
    {
        if (!IsWithValue(program, path, option))
            Assert.StartsWith("\"perhaps\" is not ", Problem(program, path, [$"{option}=perhaps"]), StringComparison.Ordinal);
        else if (Values[option].Wrong is { } wrong)
            Assert.StartsWith($"{option} is \"{wrong}\", but must be ", Problem(program, path, [.. Required(program, path, option), $"{option}={wrong}"]), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(EveryOption))]
    public void An_option_given_twice_is_named(string program, string path, string option)
    {
        var problem = Problem(program, path, [.. Required(program, path, option), .. Good(program, path, option), .. Good(program, path, option)]);
        if (option is "--set" or "--filenames")
            Assert.Null(problem);
        else
            Assert.StartsWith($"{option} is given more than once.", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("archiver", "sned", "\"sned\" is not a command; did you mean send?")]
    [InlineData("archiver", "recieve", "\"recieve\" is not a command; did you mean receive?")]
    [InlineData("archiver", "nonsense", "\"nonsense\" is not a command.")]
    [InlineData("archiver", "", "Give a command: demo, send,")]
    [InlineData("archiver", "send --filename a", "\"--filename\" is not an option; did you mean --filenames?")]
    [InlineData("archiver", "config --profil=a", "\"--profil\" is not an option; did you mean --profile?")]
    [InlineData("archiver", "config a", "\"a\" is not expected here.")]
    [InlineData("archiver", "delete", "Option '--receipt-handle' is required.")]
    [InlineData("archiver", "@file config", "\"@file\" is not ")]
    [InlineData("archiver-poller", "--dran", "\"--dran\" is not an option; did you mean --drain?")]
    [InlineData("archiver-processor", "@file", "\"@file\" is not a command.")]
    [InlineData("archiver-processor", "pln", "\"pln\" is not a command; did you mean plan?")]
    [InlineData("archiver-processor", "plan --jsn", "\"--jsn\" is not an option; did you mean --json?")]
    [InlineData("archiver-processor", "check --plan", "\"--plan\" is not an option")]
    [InlineData("archiver-processor", "plan check", "\"check\" is not expected here.")]
    [InlineData("archiver-processor", "--profile=a plan --profile=b", "--profile is given more than once.")]
    public void A_misspelt_word_is_answered_with_the_likely_one(string program, string arguments, string problem) =>
        Assert.StartsWith(problem, Problem(program, "", arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);

    [Fact]
    public void A_quoted_argument_is_safe_and_short()
    {
        var problem = Problem("archiver", "", ["send", "--aipid", "\u001b[2J\n" + new string('x', 10_000)])!;

        Assert.Contains("\\u001B[2J\\u000A", problem, StringComparison.Ordinal);
        Assert.InRange(problem.Length, 100, 1000);
    }

    internal static string? Problem(string program, string path, IEnumerable<string> arguments)
    {
        string[] all = [.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. arguments];
        return UsageProblem.Of(ProgramRun.Parse(Programs[program](), all), all);
    }

    private static string[] Good(string program, string path, string option) =>
        IsWithValue(program, path, option) ? [$"{option}={Values[option].Good}"] : [option];

    private static IEnumerable<string> Required(string program, string path, string option) =>
        Commands(Programs[program](), []).Single(c => c.Path == path).Options.Where(o => o.Required && o.Name != option).SelectMany(o => Good(program, path, o.Name));

    private static bool IsWithValue(string program, string path, string option) =>
        Option(program, path, option).Arity.MinimumNumberOfValues > 0;

    private static Option Option(string program, string path, string option) =>
        Commands(Programs[program](), []).Single(c => c.Path == path).Options.Single(o => o.Name == option);

    // Only commands that can run, not those that only group others.
    private static IEnumerable<(string Path, IReadOnlyList<Option> Options)> Commands(Command command, IEnumerable<Option> inherited)
    {
        Option[] options = [.. inherited, .. command.Options.Where(static o => !OfTheLibrary.Contains(o.Name))];
        var inner = command.Subcommands.SelectMany(inner => Commands(inner, options.Where(static o => o.Recursive)));
        return command.Action is null ? inner : inner.Prepend((command is RootCommand ? "" : command.Name, options));
    }
}
