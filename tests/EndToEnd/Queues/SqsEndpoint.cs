using Amazon.Runtime;
using Amazon.SQS;
using Archiver.Contract.Settings;

namespace Archiver.EndToEnd.Queues;

/// <summary>The SQS server that the tests run against, as the environment names it.</summary>
internal static class SqsEndpoint
{
    public static string Url => Required("ARCHIVER_TEST_SQS_URL");

    public static AwsSettings Settings => new()
    {
        EndpointUrlSqs = Url,
        Region = Environment.GetEnvironmentVariable("AWS_REGION") ?? "us-east-1",
        AccessKeyId = Required("AWS_ACCESS_KEY_ID"),
        SecretAccessKey = Required("AWS_SECRET_ACCESS_KEY"),
        SessionToken = Environment.GetEnvironmentVariable("AWS_SESSION_TOKEN"),
    };

    /// <summary>A client of the SDK's own, to prepare queues with.</summary>
    public static AmazonSQSClient Client() => new(
        new BasicAWSCredentials(Settings.AccessKeyId, Settings.SecretAccessKey),
        new AmazonSQSConfig { ServiceURL = Url, AuthenticationRegion = Settings.Region });

    private static string Required(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new InvalidOperationException($"Set {name}: these tests need an SQS server.");
}
