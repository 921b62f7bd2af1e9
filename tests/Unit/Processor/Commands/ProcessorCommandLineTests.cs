using Archiver.Processor.Commands;
using Archiver.Processor.Supervision;
using Archiver.Programs.CommandLine;

namespace Archiver.Tests.Processor.Commands;

public sealed class ProcessorCommandLineTests
{
    [Theory]
    [InlineData("--aipid=p plan", "--aipid must come after plan.")]
    [InlineData("--json plan", "--json must come after plan.")]
    [InlineData("--aipid=p check", "\"--aipid\" is not an option of check.")]
    [InlineData("--check plan", "\"--check\" is not an option of plan.")]
    [InlineData("--plan archive --aipid=p", "\"--plan\" is not an option of archive.")]
    public void An_option_before_a_command_is_not_passed_over(string arguments, string problem) =>
        Assert.StartsWith(problem, Misplaced(arguments), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("--aipid=p --sent-at=2026-11-25T00:00:00Z")]
    [InlineData("--plan --json")]
    [InlineData("--check")]
    [InlineData("--check --plan --json --aipid=p")]
    [InlineData("--profile=aws --set Log:Debug=1 plan --aipid=p --json")]
    [InlineData("check --profile=aws")]
    public void Options_stand_where_they_belong(string arguments) => Assert.Null(Misplaced(arguments));

    [Fact]
    public void Settings_before_and_after_a_command_both_count() =>
        Assert.Equal(["Log:Debug=1", "Log:Readable=1"], Parse("--set Log:Debug=1 check --set Log:Readable=1").GetValue<string[]>("--set")!);

    private static string? Misplaced(string arguments)
    {
        var parsed = Parse(arguments);
        Assert.Empty(parsed.Errors);
        return ProcessorCommandLine.MisplacedOption(parsed);
    }

    private static System.CommandLine.ParseResult Parse(string arguments)
    {
        using var stop = new StopSignals();
        return ProgramRun.Parse(ProcessorCommandLine.Create(stop), arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
