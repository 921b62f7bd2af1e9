using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Contract.Settings;

public sealed class EnvironmentNamesTests : IDisposable
{
    private static readonly string[] Candidates = ["some-value", "1s", "1", "https://host.example.test", "64MiB", "fail", "store", "carry", "inside", "127.0.0.1"];

    private readonly SettingsLab _lab = new SettingsLab().Config("{}");

    public static TheoryData<string, string> EveryName { get; } =
        [.. SettingCatalog.All.SelectMany(static setting => setting.AllEnvironmentNames.Select(name => new TheoryDataRow<string, string>(name, setting.Name)))];

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("ARCHIVE_BASE_URL", "https://cdn.example.test", "Destination:BaseUrl")]
    [InlineData("SQS_SOURCE_QUEUE", "https://sqs.example.test/1/in", "Queue:Requests")]
    [InlineData("SQS_REQUEST_QUEUE_URL", "https://sqs.example.test/1/in", "Queue:Requests")]
    [InlineData("SQS_DESTINATION_QUEUE", "https://sqs.example.test/1/out", "Queue:Completions")]
    [InlineData("SQS_COMPLETION_QUEUE_URL", "https://sqs.example.test/1/out", "Queue:Completions")]
    [InlineData("S3_SOURCE_BUCKET", "some-source", "Source:Location")]
    [InlineData("S3_DESTINATION_BUCKET", "some-destination", "Destination:Location")]
    [InlineData("S3_FILE_PREFIX", "download", "Destination:Prefix")]
    [InlineData("DEBUG", "1", "Log:Debug")]
    [InlineData("APP_DEBUG", "True", "Log:Debug")]
    [InlineData("DEV_MODE", "1", "Log:Readable")]
    [InlineData("AWS_ENDPOINT_URL", "http://localhost:4566", "AWS:EndpointUrl")]
    [InlineData("AWS_ENDPOINT_URL_S3", "http://localhost:9000", "AWS:EndpointUrlS3")]
    [InlineData("AWS_ENDPOINT_URL_SQS", "http://localhost:9324", "AWS:EndpointUrlSqs")]
    [InlineData("AWS_REGION", "eu-west-1", "AWS:Region")]
    [InlineData("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE", "AWS:AccessKeyId")]
    [InlineData("AWS_SECRET_ACCESS_KEY", "secret", "AWS:SecretAccessKey")]
    [InlineData("SCHEMA_FILE", "schemas/own.json", "Poller:SchemaFile")]
    [InlineData("MAX_NUMBER_OF_MESSAGES", "5", "Queue:MaxNumberOfMessages")]
    [InlineData("WAIT_TIME_SECONDS", "10", "Queue:WaitTime")]
    public void The_names_of_the_replaced_systems_work(string name, string value, string setting)
    {
        _lab.Environment[name] = value;

        Assert.Equal((value, $"environment ({name})"), Found(setting));
    }

    [Theory]
    [MemberData(nameof(EveryName))]
    public void Every_name_reaches_its_setting(string name, string setting)
    {
        var value = Candidates.First(SettingCatalog.All.Single(s => s.Name == setting).Form.Accepts);
        _lab.Environment[name] = value;

        Assert.Equal((value, $"environment ({name})"), Found(setting));
    }

    [Fact]
    public void No_name_means_two_settings()
    {
        var names = SettingCatalog.All.SelectMany(static setting => setting.AllEnvironmentNames).ToList();

        Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
    }

    private (string?, string) Found(string setting)
    {
        var found = _lab.Load().Find(SettingCatalog.All.Single(s => s.Name == setting));
        return (found.Value, found.Origin);
    }
}
