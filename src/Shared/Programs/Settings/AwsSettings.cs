using Archiver.Contract;

namespace Archiver.Programs.Settings;

/// <summary>How to reach AWS, or a server that speaks like it. What is null is found as the AWS SDK finds it.</summary>
public sealed record AwsSettings
{
    /// <summary>Region, such as <c>eu-central-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Region of the source buckets; null: <see cref="Region"/>.</summary>
    public string? SourceRegion { get; init; }

    /// <summary>Endpoint of all services; null for AWS itself.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Endpoint of S3; goes before <see cref="EndpointUrl"/>.</summary>
    public string? EndpointUrlS3 { get; init; }

    /// <summary>Endpoint of SQS; goes before <see cref="EndpointUrl"/>.</summary>
    public string? EndpointUrlSqs { get; init; }

    /// <summary>Access key id; null: the SDK's own chain (web identity, container role, instance profile, shared files).</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Secret access key.</summary>
    public string? SecretAccessKey { get; init; }

    /// <summary>Session token of temporary credentials.</summary>
    public string? SessionToken { get; init; }

    /// <summary>ARN of the role that is assumed for S3; null: none.</summary>
    public string? S3RoleArn { get; init; }

    /// <summary>Bucket in the path instead of the host name; null: so when an endpoint URL is given.</summary>
    public bool? ForcePathStyle { get; init; }

    /// <summary>Whether sources are in another region than archives.</summary>
    public bool CrossesRegions => SourceRegion is not null && SourceRegion != Region;

    /// <summary>What concerns SQS.</summary>
    public AwsConnection Sqs => new()
    {
        Region = Region,
        EndpointUrl = EndpointUrlSqs ?? EndpointUrl,
        AccessKeyId = AccessKeyId,
        SecretAccessKey = SecretAccessKey,
        SessionToken = SessionToken,
    };

    /// <summary>Reads them from the settings.</summary>
    public static AwsSettings From(ArchiverSettings settings) => new()
    {
        Region = settings.Get(SettingCatalog.AwsRegion),
        SourceRegion = settings.Get(SettingCatalog.SourceRegion),
        EndpointUrl = settings.Get(SettingCatalog.AwsEndpointUrl),
        EndpointUrlS3 = settings.Get(SettingCatalog.AwsEndpointUrlS3),
        EndpointUrlSqs = settings.Get(SettingCatalog.AwsEndpointUrlSqs),
        AccessKeyId = settings.Get(SettingCatalog.AwsAccessKeyId),
        SecretAccessKey = settings.Get(SettingCatalog.AwsSecretAccessKey),
        SessionToken = settings.Get(SettingCatalog.AwsSessionToken),
        S3RoleArn = settings.Get(SettingCatalog.AwsS3RoleArn),
        ForcePathStyle = settings.Get(SettingCatalog.AwsForcePathStyle),
    };

    /// <summary>Never shows the secrets.</summary>
    public override string ToString() => $"{{ Region = {Region}, S3 = {EndpointUrlS3 ?? EndpointUrl}, SQS = {EndpointUrlSqs ?? EndpointUrl} }}";
}
