using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.CommandLine;

/// <summary>archiver config.</summary>
public sealed class ConfigTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_layer_is_named_and_the_highest_counts()
    {
        _folder.Put("config/mine.json", """{ "Poller": { "MaxConcurrency": 2, "BackoffBase": "2s" }, "Queue": { "WaitTime": "2s", "MaxNumberOfMessages": 2 } }""");
        _folder.Put(".env", "MAX_CONCURRENCY=3\nWAIT_TIME_SECONDS=3\nMAX_NUMBER_OF_MESSAGES=3\n");
        var settings = await RunAsync(["--profile", "mine", "--set", "Queue:MaxNumberOfMessages=5"], ("MAX_NUMBER_OF_MESSAGES", "4"), ("WAIT_TIME_SECONDS", "4"));

        Assert.Equal(("5", "command line"), settings("Queue:MaxNumberOfMessages"));
        Assert.Equal(("4", "environment (WAIT_TIME_SECONDS)"), settings("Queue:WaitTime"));
        Assert.Equal(("3", ".env (MAX_CONCURRENCY)"), settings("Poller:MaxConcurrency"));
        Assert.Equal(("2s", _folder["config/mine.json"]), settings("Poller:BackoffBase"));
        Assert.Equal(("15m", "default"), settings("Poller:BackoffMax"));
        Assert.Equal((null, null), settings("Destination:BaseUrl"));
    }

    [Theory]
    [InlineData("SQS_SOURCE_QUEUE", "Queue:Requests")]
    [InlineData("SQS_REQUEST_QUEUE_URL", "Queue:Requests")]
    [InlineData("SQS_DESTINATION_QUEUE", "Queue:Completions")]
    [InlineData("SQS_COMPLETION_QUEUE_URL", "Queue:Completions")]
    [InlineData("S3_SOURCE_BUCKET", "Source:Location")]
    [InlineData("S3_DESTINATION_BUCKET", "Destination:Location")]
    [InlineData("S3_FILE_PREFIX", "Destination:Prefix")]
    [InlineData("SCHEMA_FILE", "Poller:SchemaFile")]
    [InlineData("AWS_REGION", "AWS:Region")]
    public async Task The_names_of_the_replaced_systems_are_understood(string name, string setting) =>
        Assert.Equal(("some-value", $"environment ({name})"), (await RunAsync([], (name, "some-value")))(setting));

    [Fact]
    public async Task Secrets_are_masked()
    {
        (string, string?)[] secrets = [("AWS_ACCESS_KEY_ID", "an-id"), ("AWS_SECRET_ACCESS_KEY", "very-secret-1"), ("AWS_SESSION_TOKEN", "very-secret-2")];
        foreach (var arguments in (string[][])[["config"], ["--json", "config"]])
        {
            var end = await ProgramUnderTest.RunAsync(Repository.Cli, arguments, _folder.Path, secrets.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)));

            Assert.Equal(0, end.ExitCode);
            Assert.Contains("AWS:SecretAccessKey", end.Output, StringComparison.Ordinal);
            Assert.Contains("environment (AWS_SESSION_TOKEN)", end.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("very-secret", end.Output, StringComparison.Ordinal);
        }
    }

    private async Task<Func<string, (string? Value, string? Origin)>> RunAsync(string[] arguments, params (string Name, string? Value)[] environment)
    {
        var end = await ProgramUnderTest.RunAsync(
            Repository.Cli, [.. arguments, "--json", "config"], _folder.Path, environment.Select(pair => KeyValuePair.Create(pair.Name, pair.Value)));
        Assert.Equal(0, end.ExitCode);
        var settings = JsonNode.Parse(end.Output)!;
        return name => (settings[name]!["value"]?.GetValue<string>(), settings[name]!["origin"]?.GetValue<string>());
    }
}
