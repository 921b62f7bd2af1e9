using Amazon;
using Amazon.Runtime;
using Amazon.SQS;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Queues.Sqs;

/// <summary>Creates the SDK's client for a queue: endpoint, region, credentials.</summary>
internal static class SqsClientFactory
{
    // Requests to a compatible server must be signed for some region; which one does not matter.
    private const string RegionOfOthers = "us-east-1";

    // The longest long poll, plus time for the answer to arrive.
    private static readonly TimeSpan Patience = QueueLimits.Sqs.Wait + TimeSpan.FromSeconds(20);

    /// <exception cref="ArchiverException">Exit code 78: region, endpoint or secret key are missing or malformed.</exception>
    public static AmazonSQSClient Create(SqsLocation location, AwsConnection aws)
    {
        var config = Configure(location, aws);
        try
        {
            return CredentialsOf(aws) is { } credentials ? new AmazonSQSClient(credentials, config) : new AmazonSQSClient(config);
        }
        catch (AmazonClientException error)
        {
            throw Wrong($"The SQS client for {location.Text} cannot be set up: {SqsErrors.OneLine(error)}", error);
        }
    }

    private static AmazonSQSConfig Configure(SqsLocation location, AwsConnection aws)
    {
        var config = new AmazonSQSConfig { Timeout = Patience, ConnectTimeout = TimeSpan.FromSeconds(10) };
        var region = location.Region ?? aws.Region;
        if (EndpointOf(location, aws) is { } endpoint)
        {
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region
                ?? FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)?.SystemName
                ?? RegionOfOthers;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(
                region ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName
                ?? throw Wrong($"No region is known for the SQS queue {location.Text}: set AWS_REGION, or use the queue's URL."));
        }

        return config;
    }

    private static Uri? EndpointOf(SqsLocation location, AwsConnection aws)
    {
        if (aws.EndpointUrl is not { Length: > 0 } configured)
            return location.OwnEndpoint;
        return Uri.TryCreate(configured, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw Wrong(
                "The endpoint URL of SQS is malformed: AWS_ENDPOINT_URL_SQS or AWS_ENDPOINT_URL must start with http:// or https://.");
    }

    private static AWSCredentials? CredentialsOf(AwsConnection aws)
    {
        if (string.IsNullOrEmpty(aws.AccessKeyId))
            return null;
        if (string.IsNullOrEmpty(aws.SecretAccessKey))
            throw Wrong("AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not: set both or neither.");
        return string.IsNullOrEmpty(aws.SessionToken)
            ? new BasicAWSCredentials(aws.AccessKeyId, aws.SecretAccessKey)
            : new SessionAWSCredentials(aws.AccessKeyId, aws.SecretAccessKey, aws.SessionToken);
    }

    private static ArchiverException Wrong(string message, Exception? cause = null) => new(ExitCode.Config, message, cause);
}
