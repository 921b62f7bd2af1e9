using Archiver.Poller.Validation;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller.Validation;

/// <summary>The schema of requests that is built in.</summary>
public sealed class RequestSchemaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Valid { get; } = [.. Repository.Messages("request-*.json")];

    [Theory]
    [MemberData(nameof(Valid))]
    public async Task Every_valid_sample_meets_it(string name) => Assert.Null(await FindProblemAsync(Repository.Message(name)));

    // The others break rules that no schema can tell: they are for the request reader.
    [Theory]
    [InlineData("invalid-aipid-option.json", "aipid")]
    [InlineData("invalid-no-source.json", "source")]
    [InlineData("invalid-nothing-to-archive.json", "files")]
    [InlineData("invalid-priority.json", "priority")]
    public async Task Every_invalid_sample_that_a_schema_can_tell_breaks_it(string name, string words) =>
        Assert.Contains(words, await FindProblemAsync(Repository.Message(name)), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"aipid":"a","timestamp":"2024-05-30T14:29:22.850913"}""")]
    [InlineData("""{"aipid":"a","timestamp":"2024-05-30T14:29:22Z"}""")]
    [InlineData("""{"aipid":"a","timestamp":"2024-05-30"}""")]
    [InlineData("""{"aipid":"collection/2024/mds2909"}""")]
    [InlineData("""{"aipid":"a/.b/...","filenames":["x"]}""")]
    [InlineData("""{"files":[{"source":"a","destination":null}],"metadata":null}""")]
    [InlineData("""{"filesFrom":"list.jsonl","anything":["else"]}""")]
    public async Task What_the_request_reader_takes_meets_it(string body) => Assert.Null(await FindProblemAsync(body));

    [Theory]
    [InlineData("""{"aipid":"a","timestamp":"yesterday"}""")]
    [InlineData("""{"aipid":"a","action":"delete"}""")]
    [InlineData("""{"aipid":"a","filenames":[]}""")]
    [InlineData("""{"aipid":"a","filenames":[5]}""")]
    [InlineData("""{"files":[]}""")]
    [InlineData("""{"files":[{"source":""}]}""")]
    [InlineData("""{"files":[{"source":"a","destination":5}]}""")]
    [InlineData("""{"filesFrom":""}""")]
    [InlineData("""{"aipid":"a","metadata":"x"}""")]
    [InlineData("""{"aipid":"a b"}""")]
    [InlineData("""{"aipid":"a//b"}""")]
    [InlineData("""{"aipid":"a/"}""")]
    [InlineData("""{"aipid":"a/."}""")]
    [InlineData("""{"aipid":"a/././b"}""")]
    [InlineData("""{"aipid":"a/.."}""")]
    [InlineData("[]")]
    public async Task What_breaks_a_rule_breaks_it(string body) => Assert.NotNull(await FindProblemAsync(body));

    [Fact]
    public async Task The_one_that_is_built_in_is_the_one_in_the_repository()
    {
        var own = JsonSchemaValidator.Parse(Repository.Read("schemas/archive-request.schema.json"), "request");

        Assert.Null(own.FindProblem("""{"aipid":"a"}"""));
        Assert.NotNull(own.FindProblem("{}"));
        Assert.NotNull(await FindProblemAsync("{}"));
    }

    [Fact]
    public async Task A_problem_is_told_in_one_line_with_no_more_than_five_reasons()
    {
        var problem = await FindProblemAsync("""{"files":[{},{},{},{},{},{},{},{}]}""");

        Assert.Equal(5, problem!.Split("; ").Length);
        Assert.DoesNotContain('\n', problem);
    }

    private static async Task<string?> FindProblemAsync(string body) => (await SchemaLoader.LoadAsync(null, Token)).FindProblem(body);
}
