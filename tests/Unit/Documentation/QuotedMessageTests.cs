using System.Text.RegularExpressions;
using Archiver.Tests.Support;

namespace Archiver.Tests.Documentation;

/// <summary>What the page about troubleshooting says that programs print, they print.</summary>
public sealed partial class QuotedMessageTests
{
    // Long texts are put together from several lines.
    private static readonly Lazy<string> Sources = new(static () =>
        Joint().Replace(string.Concat(Repository.Files("src", "*.cs").Select(Repository.Read)), "")
            .Replace("\\\"", "\"", StringComparison.Ordinal));

    public static TheoryData<string> Messages { get; } =
    [
        .. Page.Of("docs/troubleshooting.md").Lines.Where(static line => line.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(static line => Quoted().Matches(line.Split(" | ")[0])).Select(static match => match.Groups[1].Value).Distinct(),
    ];

    [Fact]
    public void The_page_quotes_many() => Assert.InRange(Messages.Count, 40, 200);

    [Theory]
    [MemberData(nameof(Messages))]
    public void What_is_between_its_variable_parts_is_in_the_sources(string message) => Assert.All(
        message.Split("...", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        static part => Assert.Contains(part, Sources.Value, StringComparison.Ordinal));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"""\s*\+\s*\$?""")]
    private static partial Regex Joint();
}
