using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Validation;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller.Validation;

/// <summary>A schema that users bring along.</summary>
public sealed class OwnSchemaTests : IDisposable
{
    // As the repository system that this program replaces has it.
    private const string Replaced =
        """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "https://example.test/archive-request.schema.json",
          "title": "Archive request",
          "type": "object",
          "properties": {
            "action": { "description": "What to do", "type": "string", "enum": ["archive"] },
            "aipid": { "type": "string" },
            "filenames": { "type": "array", "items": { "type": "string" }, "minItems": 1 },
            "timestamp": { "type": "string", "format": "date-time" },
            "priority": { "type": "string", "enum": ["low", "medium", "high"], "optional": true }
          },
          "required": ["action", "aipid", "filenames", "timestamp"]
        }
        """;

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_of_the_replaced_system_takes_what_that_took() =>
        Assert.Null((await LoadAsync()).FindProblem(Repository.Message("request-aip-filenames.json")));

    [Theory]
    [InlineData("""{"aipid":"a","filenames":["x"],"timestamp":"2024-05-30T14:29:22Z"}""", "\"action\"")]
    [InlineData("""{"action":"archive","filenames":["x"],"timestamp":"2024-05-30T14:29:22Z"}""", "\"aipid\"")]
    [InlineData("""{"action":"archive","aipid":"a","timestamp":"2024-05-30T14:29:22Z"}""", "\"filenames\"")]
    [InlineData("""{"action":"archive","aipid":"a","filenames":["x"]}""", "\"timestamp\"")]
    [InlineData("""{"action":"delete","aipid":"a","filenames":["x"],"timestamp":"2024-05-30T14:29:22Z"}""", "action")]
    [InlineData("""{"action":"archive","aipid":"a","filenames":["x"],"timestamp":"30.05.2024"}""", "timestamp")]
    [InlineData("""{"action":"archive","aipid":"a","filenames":["x"],"timestamp":"2024-05-30T14:29:22Z","priority":"urgent"}""", "priority")]
    [InlineData("""{"action":"archive","aipid":"a","filenames":[],"timestamp":"2024-05-30T14:29:22Z"}""", "filenames")]
    public async Task One_of_the_replaced_system_holds(string body, string words) =>
        Assert.Contains(words, (await LoadAsync()).FindProblem(body), StringComparison.Ordinal);

    [Fact]
    public async Task It_may_be_named_by_a_file_uri()
    {
        var path = _folder.Write("a schema.json", """{"required":["x"]}""");

        Assert.NotNull((await SchemaLoader.LoadAsync($"file://{path.Replace(" ", "%20", StringComparison.Ordinal)}", Token)).FindProblem("{}"));
    }

    [Theory]
    [InlineData("missing.json")]
    [InlineData("/no/such/folder/schema.json")]
    [InlineData("http://127.0.0.1:1/schema.json")]
    [InlineData("http://")]
    public async Task One_that_cannot_be_read_is_exit_code_78_and_names_the_setting(string file)
    {
        var error = await Assert.ThrowsAsync<ArchiverException>(() => SchemaLoader.LoadAsync(file, Token));

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.StartsWith($"SCHEMA_FILE {file} cannot be read", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private Task<IMessageValidator> LoadAsync() => SchemaLoader.LoadAsync(_folder.Write("own.schema.json", Replaced), Token);
}
