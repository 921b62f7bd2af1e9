using Amazon.Runtime;

[assembly: AssemblyFixture(typeof(Archiver.EndToEnd.Support.Endpoints))]

namespace Archiver.EndToEnd.Support;

/// <summary>
/// The S3 and the SQS to test against: those that ARCHIVER_TEST_S3_URL and ARCHIVER_TEST_SQS_URL name, else servers
/// started before the first test and stopped after the last. Those are then named in the same variables.
/// </summary>
public sealed class Endpoints : IAsyncLifetime
{
    private EndpointServers? _servers;

    public static Uri S3Url => new(Variable("ARCHIVER_TEST_S3_URL")!);

    public static Uri SqsUrl => new(Variable("ARCHIVER_TEST_SQS_URL")!);

    public static string Region => Variable("AWS_REGION") ?? "us-east-1";

    /// <summary>Null: those that the SDK finds by itself, in a profile, say.</summary>
    public static AWSCredentials? Credentials =>
        (Variable("AWS_ACCESS_KEY_ID"), Variable("AWS_SECRET_ACCESS_KEY"), Variable("AWS_SESSION_TOKEN")) switch
        {
            (null, _, _) or (_, null, _) => null,
            var (key, secret, token) => token is null ? new BasicAWSCredentials(key, secret) : new SessionAWSCredentials(key, secret, token),
        };

    /// <summary>What a program under test finds in its environment to reach the endpoints.</summary>
    public static IReadOnlyDictionary<string, string?> ProcessEnvironment => new Dictionary<string, string?>
    {
        ["AWS_ENDPOINT_URL_S3"] = S3Url.ToString(),
        ["AWS_ENDPOINT_URL_SQS"] = SqsUrl.ToString(),
        ["AWS_REGION"] = Region,
        ["AWS_DEFAULT_REGION"] = Region,
        ["AWS_ACCESS_KEY_ID"] = Variable("AWS_ACCESS_KEY_ID"),
        ["AWS_SECRET_ACCESS_KEY"] = Variable("AWS_SECRET_ACCESS_KEY"),
        ["AWS_SESSION_TOKEN"] = Variable("AWS_SESSION_TOKEN"),
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    public async ValueTask InitializeAsync()
    {
        if (Variable("ARCHIVER_TEST_S3_URL") is not null && Variable("ARCHIVER_TEST_SQS_URL") is not null)
            return;
        _servers = new EndpointServers();
        foreach (var (name, value) in await _servers.StartAsync())
            Environment.SetEnvironmentVariable(name, value);
    }

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null)
            await _servers.StopAsync();
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
