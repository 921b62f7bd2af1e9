using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Archiver.Tests.CommandLine;
using Archiver.Tests.Support;

namespace Archiver.Tests.Documentation;

/// <summary>The command lines in the pages are ones that the programs accept.</summary>
public sealed partial class CommandTests
{
    public static TheoryData<string> Lines { get; } =
    [
        .. Page.All.SelectMany(static page => page.Blocks("").Concat(page.Blocks("bash")))
            .SelectMany(static block => Command().Matches(block)).Select(static match => match.Groups[1].Value.TrimEnd()).Distinct(),
    ];

    [Fact]
    public void The_pages_show_many() => Assert.InRange(Lines.Count, 15, 200);

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_command_line_is_accepted(string line)
    {
        var words = CommandLineParser.SplitCommandLine(line).ToList();

        Assert.Null(UsageProblemTests.Problem(words[0], "", words[1..]));
    }

    [Fact]
    public void An_option_that_does_not_exist_is_found() =>
        Assert.NotNull(UsageProblemTests.Problem("archiver-poller", "", ["--profile", "aws", "--drian"]));

    // From the program's name, whatever folder it is in, to the end of the command.
    [GeneratedRegex(@"^(?:\S*/)?(archiver(?:-poller|-processor)?(?= |$)[^\n#<>|]*)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
