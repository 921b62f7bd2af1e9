using System.Text.Json;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Poller.Validation;
using Archiver.Tests.Support;

namespace Archiver.Tests.Documentation;

/// <summary>The messages in the pages are messages that the programs accept or send.</summary>
public sealed class MessageExampleTests
{
    private static readonly IReadOnlyList<string> All =
        [.. Page.Of("README.md").Blocks("json"), .. Page.Of("docs/messages.md").Blocks("json")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Requests { get; } = [.. All.Where(static text => !IsCompletion(text))];

    public static TheoryData<string> Completions { get; } = [.. All.Where(IsCompletion)];

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_is_valid(string text)
    {
        Assert.Null((await SchemaLoader.LoadAsync(null, Token)).FindProblem(Parse(text)));
        Assert.NotNull(RequestReader.Parse(text));
    }

    [Theory]
    [MemberData(nameof(Completions))]
    public async Task A_completion_meets_its_schema_and_is_written_like_that(string text)
    {
        var schema = await SchemaLoader.LoadAsync(Path.Combine(Repository.Root, "schemas/archive-completion.schema.json"), Token);
        var completion = JsonSerializer.Deserialize(text, ContractJson.Strict.ArchiveCompletion)!;
        var written = JsonSerializer.SerializeToElement(completion, ContractJson.Strict.ArchiveCompletion);

        Assert.Null(schema.FindProblem(Parse(text)));
        Assert.Null(completion.Unknown);
        Assert.True(JsonElement.DeepEquals(Parse(text), written), written.ToString());
    }

    [Fact]
    public void Both_pages_show_requests_and_one_shows_both_ends()
    {
        Assert.InRange(Requests.Count, 3, 20);
        Assert.Equal([false, true], All.Where(IsCompletion).Select(static text => Parse(text).GetProperty("success").GetBoolean()).Order());
    }

    [Theory]
    [InlineData(ExitCode.Ok)]
    [InlineData(ExitCode.Usage)]
    [InlineData(ExitCode.DataError)]
    [InlineData(ExitCode.NoInput)]
    [InlineData(ExitCode.Unavailable)]
    [InlineData(ExitCode.Software)]
    [InlineData(ExitCode.CannotCreate)]
    [InlineData(ExitCode.TempFail)]
    [InlineData(ExitCode.NoPermission)]
    [InlineData(ExitCode.Config)]
    public void Every_exit_code_has_its_row(int code) => Assert.Contains(
        Page.Of("docs/messages.md").Lines, line => line.StartsWith($"| {code} | {ExitCode.NameOf(code)} | ", StringComparison.Ordinal));

    private static bool IsCompletion(string text) => Parse(text).TryGetProperty("success", out _);

    private static JsonElement Parse(string text) => JsonDocument.Parse(text).RootElement;
}
