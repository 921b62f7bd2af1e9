using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores.S3;

/// <summary>Creates the S3 client for everything but content, which goes through <see cref="S3Bodies"/>.</summary>
internal static class S3ClientFactory
{
    /// <summary>The usual default region of servers other than AWS.</summary>
    public const string RegionOfOtherServers = "us-east-1";

    /// <param name="aws">Endpoint, region, credentials.</param>
    /// <param name="retries">How often a failed call is retried.</param>
    /// <param name="pace">Limits the request rate.</param>
    public static AmazonS3Client Create(AwsSettings aws, int retries, AdaptivePace pace)
    {
        var endpoint = aws.EndpointUrlS3 ?? aws.EndpointUrl;
        var config = new AmazonS3Config
        {
            ForcePathStyle = aws.ForcePathStyle ?? endpoint is not null,
            // Checksums are sent only where this program sets them: many servers do not support trailers.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            RetryMode = RequestRetryMode.Standard,
            // This is a quota of retries that a missing object never refills: a job that looked up thousands exhausted it.
            ThrottleRetries = false,
            MaxErrorRetry = retries,
            HttpClientFactory = new S3Http(pace),
        };
        RoleCredentials.ServeWebIdentity(aws);
        try
        {
            if (endpoint is not null)
            {
                config.ServiceURL = endpoint;
                config.AuthenticationRegion = aws.Region ?? RegionOfOtherServers;
            }
            else if (aws.Region is not null)
            {
                config.RegionEndpoint = RegionEndpoint.GetBySystemName(aws.Region);
            }
            return S3Client.Create(CredentialsFor(aws), config);
        }
        catch (AmazonClientException error)
        {
            throw new ArchiverException(ExitCode.Config, $"S3 cannot be set up: {error.Message} Set AWS_REGION and credentials.", error);
        }
    }

    private static AWSCredentials? CredentialsFor(AwsSettings aws) =>
        aws.S3RoleArn is { } role ? new RoleCredentials(aws, role, OwnCredentials(aws)) : OwnCredentials(aws);

    private static AWSCredentials? OwnCredentials(AwsSettings aws) => aws switch
    {
        { AccessKeyId: null } => null,
        { SecretAccessKey: null } =>
            throw new ArchiverException(ExitCode.Config, "AWS_ACCESS_KEY_ID is set but AWS_SECRET_ACCESS_KEY is not."),
        { SessionToken: { } token } => new SessionAWSCredentials(aws.AccessKeyId, aws.SecretAccessKey, token),
        _ => new BasicAWSCredentials(aws.AccessKeyId, aws.SecretAccessKey),
    };
}
