using Amazon.Runtime;

[assembly: AssemblyFixture(typeof(Archiver.EndToEnd.Support.Endpoints))]

namespace Archiver.EndToEnd.Support;

/// <summary>
/// The S3 and the SQS to test against: those that ARCHIVER_TEST_S3_URL and ARCHIVER_TEST_SQS_URL name, else servers
/// started when the first test asks and stopped after the last.
/// </summary>
public sealed class Endpoints : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private EndpointServers? _servers;
    private Dictionary<string, string>? _variables;

    public Uri S3Url => new(this["ARCHIVER_TEST_S3_URL"]!);

    public Uri SqsUrl => new(this["ARCHIVER_TEST_SQS_URL"]!);

    public string Region => this["AWS_REGION"] ?? "us-east-1";

    /// <summary>Null: those that the SDK finds by itself, in a profile, say.</summary>
    public AWSCredentials? Credentials =>
        (this["AWS_ACCESS_KEY_ID"], this["AWS_SECRET_ACCESS_KEY"], this["AWS_SESSION_TOKEN"]) switch
        {
            (null, _, _) or (_, null, _) => null,
            var (key, secret, token) => token is null ? new BasicAWSCredentials(key, secret) : new SessionAWSCredentials(key, secret, token),
        };

    /// <summary>What a program under test finds in its environment to reach the endpoints.</summary>
    public IReadOnlyDictionary<string, string?> ProcessEnvironment => new Dictionary<string, string?>
    {
        ["AWS_ENDPOINT_URL_S3"] = S3Url.ToString(),
        ["AWS_ENDPOINT_URL_SQS"] = SqsUrl.ToString(),
        ["AWS_REGION"] = Region,
        ["AWS_DEFAULT_REGION"] = Region,
        ["AWS_ACCESS_KEY_ID"] = this["AWS_ACCESS_KEY_ID"],
        ["AWS_SECRET_ACCESS_KEY"] = this["AWS_SECRET_ACCESS_KEY"],
        ["AWS_SESSION_TOKEN"] = this["AWS_SESSION_TOKEN"],
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    private string? this[string name] =>
        (_variables ?? throw new InvalidOperationException("Await Endpoints.StartAsync first")).GetValueOrDefault(name) is { Length: > 0 } value
            ? value
            : null;

    /// <summary>To be awaited before anything else is asked. Only the first call has something to do.</summary>
    public async Task StartAsync()
    {
        await _starting.WaitAsync();
        try
        {
            _variables ??= await FindOrStartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null)
            await _servers.StopAsync();
        _starting.Dispose();
    }

    private async Task<Dictionary<string, string>> FindOrStartAsync()
    {
        string[] names = ["ARCHIVER_TEST_S3_URL", "ARCHIVER_TEST_SQS_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION"];
        var variables = names.ToDictionary(name => name, name => Environment.GetEnvironmentVariable(name) ?? "");
        if (variables["ARCHIVER_TEST_S3_URL"] is "" || variables["ARCHIVER_TEST_SQS_URL"] is "")
        {
            _servers = new EndpointServers();
            foreach (var (name, value) in await _servers.StartAsync())
                variables[name] = value;
        }

        return variables;
    }
}
