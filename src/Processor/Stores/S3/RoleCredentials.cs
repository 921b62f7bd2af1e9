using Amazon;
using Amazon.Runtime;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// Credentials of an assumed role, renewed before they expire.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
/// </summary>
internal sealed class RoleCredentials : RefreshingAWSCredentials
{
    private const string SessionName = "archiver-processor";

    private readonly AmazonSecurityTokenServiceClient _sts;
    private readonly string _role;

    /// <param name="aws">Endpoint and region.</param>
    /// <param name="role">The role's ARN.</param>
    /// <param name="own">Credentials that may assume it; null for those that the SDK finds.</param>
    public RoleCredentials(AwsSettings aws, string role, AWSCredentials? own)
    {
        _role = role;
        var config = ConfigFor(aws);
        _sts = own is null ? new AmazonSecurityTokenServiceClient(config) : new AmazonSecurityTokenServiceClient(own, config);
        PreemptExpiryTime = TimeSpan.FromMinutes(5);
    }

    /// <summary>
    /// Gives the SDK the STS client for its own web identity credentials (as in Kubernetes). It would look up the type by name, which does
    /// not work in a natively compiled program.
    /// </summary>
    public static void ServeWebIdentity(AwsSettings aws) =>
        GlobalRuntimeDependencyRegistry.Instance.RegisterSecurityTokenServiceClient(
            _ => new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), ConfigFor(aws)));

    protected override CredentialsRefreshState GenerateNewCredentials() => Task.Run(GenerateNewCredentialsAsync).GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        try
        {
            var request = new AssumeRoleRequest { RoleArn = _role, RoleSessionName = SessionName };
            var answer = await _sts.AssumeRoleAsync(request).ConfigureAwait(false);
            var credentials = answer.Credentials;
            return new CredentialsRefreshState(
                new ImmutableCredentials(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken),
                credentials.Expiration.GetValueOrDefault().ToUniversalTime());
        }
        catch (AmazonSecurityTokenServiceException error) when (error.ErrorCode == "ValidationError")
        {
            var setting = SettingCatalog.AwsS3RoleArn.EnvironmentNames[0];
            throw new ArchiverException(
                ExitCode.Config, $"{setting} {_role} cannot be assumed: {error.Message.ReplaceLineEndings(" ")}", error);
        }
        catch (Exception error)
        {
            throw S3Errors.Describe(error, $"The role {_role}", ExitCode.Config);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _sts.Dispose();
        base.Dispose(disposing);
    }

    private static AmazonSecurityTokenServiceConfig ConfigFor(AwsSettings aws)
    {
        var config = new AmazonSecurityTokenServiceConfig();
        if (aws.EndpointUrl is { } endpoint)
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint, aws.Region ?? S3ClientFactory.RegionOfOtherServers);
        else if (aws.Region is { } region)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        return config;
    }
}
