using System.Text.RegularExpressions;
using Archiver.Tests.Support;

namespace Archiver.Tests.Conventions;

/// <summary>Rules that the compiler does not know.</summary>
public sealed partial class SourceTests
{
    private static readonly IReadOnlyList<string> Sources = Repository.Sources;

    [Fact]
    public void There_are_sources() => Assert.InRange(Sources.Count, 100, 10_000);

    [Fact]
    public void Types_of_amazon_sqs_stay_in_one_folder() =>
        Assert.All(FilesWith(AmazonSqs()), static path => Assert.StartsWith("src/Shared/Queues/Sqs/", path, StringComparison.Ordinal));

    [Fact]
    public void Types_of_amazon_s3_stay_in_one_folder() =>
        Assert.All(FilesWith(AmazonS3()), static path => Assert.StartsWith("src/Processor/Stores/S3/", path, StringComparison.Ordinal));

    [Fact]
    public void Nobody_asks_for_the_time_but_a_clock_that_tests_can_set() => Assert.Empty(FilesWith(Now()));

    [Fact]
    public void Nobody_waits_but_by_a_clock_that_tests_can_set() => Assert.Empty(FilesWith(DelayWithoutClock()));

    [Fact]
    public void Nobody_sleeps() => Assert.Empty(FilesWith(Sleep()));

    [Fact]
    public void The_poller_parses_bodies_in_one_place() =>
        Assert.Equal(
            ["src/Poller/Requests/ParsedBody.cs"],
            FilesWith(Parsing()).Where(static path => path.StartsWith("src/Poller/Requests/", StringComparison.Ordinal)
                || path.StartsWith("src/Poller/Receiving/", StringComparison.Ordinal) || path.StartsWith("src/Poller/Settling/", StringComparison.Ordinal)));

    [Fact]
    public void Files_hold_one_idea_each() =>
        Assert.All(Sources, static path => Assert.InRange(File.ReadLines(Path.Combine(Repository.Root, path)).Count(), 1, 250));

    private static IEnumerable<string> FilesWith(Regex pattern) =>
        Sources.Where(path => File.ReadLines(Path.Combine(Repository.Root, path)).Any(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && pattern.IsMatch(line)));

    [GeneratedRegex(@"\bAmazon\.SQS\b|\bAmazonSQS|\bIAmazonSQS")]
    private static partial Regex AmazonSqs();

    [GeneratedRegex(@"\bAmazon\.S3\b|\bAmazonS3Client|\bIAmazonS3")]
    private static partial Regex AmazonS3();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b")]
    private static partial Regex Now();

    [GeneratedRegex(@"\bTask\.Delay\((?!.*\b_?(time|clock|Clock)\b)")]
    private static partial Regex DelayWithoutClock();

    // Constants are no bodies.
    [GeneratedRegex(@"\bJson(Document|Element|Node)\.Parse(Value)?\((?!"")")]
    private static partial Regex Parsing();

    [GeneratedRegex(@"\bThread\.Sleep\b|\bSpinWait\b")]
    private static partial Regex Sleep();
}
