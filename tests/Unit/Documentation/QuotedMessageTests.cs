using System.Text.RegularExpressions;
using Archiver.Tests.Support;

namespace Archiver.Tests.Documentation;

/// <summary>What the page about troubleshooting says that programs print, they print.</summary>
public sealed partial class QuotedMessageTests
{
    private static readonly Lazy<string> Sources = new(static () => string.Join('\n', Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(static path => !path.Contains("/obj/", StringComparison.Ordinal)).Select(static path => File.ReadAllText(path).Replace("\\\"", "\"", StringComparison.Ordinal))));

    public static TheoryData<string> Messages { get; } =
        [.. Page.Of("docs/troubleshooting.md").Text.Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).SelectMany(static line => Quoted().Matches(line.Split(" | ")[0]))
            .Select(static match => match.Groups[1].Value).Distinct()];

    [Fact]
    public void There_are_some() => Assert.InRange(Messages.Count, 40, 200);

    // What stands between variable parts.
    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_part_of_a_message_is_in_the_sources(string message) =>
        Assert.All(message.Split("...", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), static part => Assert.Contains(part, Sources.Value, StringComparison.Ordinal));

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
