using Archiver.Contract;

namespace Archiver.Programs.Settings;

/// <summary>How to reach AWS or a compatible server. The AWS SDK's own defaults apply to whatever is null.</summary>
public sealed record AwsSettings
{
    /// <summary>Region, such as <c>eu-central-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Region of the source buckets; null: <see cref="Region"/>.</summary>
    public string? SourceRegion { get; init; }

    /// <summary>Endpoint of all services; null for AWS itself.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Endpoint of S3; overrides <see cref="EndpointUrl"/>.</summary>
    public string? EndpointUrlS3 { get; init; }

    /// <summary>Endpoint of SQS; overrides <see cref="EndpointUrl"/>.</summary>
    public string? EndpointUrlSqs { get; init; }

    /// <summary>Access key ID; null: the SDK's default chain (web identity, container role, instance profile, shared files).</summary>
    public string? AccessKeyId { get; init; }

    public string? SecretAccessKey { get; init; }

    /// <summary>Session token of temporary credentials.</summary>
    public string? SessionToken { get; init; }

    /// <summary>ARN of a role to assume for S3; null: none.</summary>
    public string? S3RoleArn { get; init; }

    /// <summary>Bucket in the path instead of the host name; null: only if an endpoint URL is set.</summary>
    public bool? ForcePathStyle { get; init; }

    /// <summary>Whether sources are in a different region from archives.</summary>
    public bool CrossesRegions => SourceRegion is not null && SourceRegion != Region;

    /// <summary>The part that SQS needs.</summary>
    public AwsConnection Sqs => new()
    {
        Region = Region,
        EndpointUrl = EndpointUrlSqs ?? EndpointUrl,
        AccessKeyId = AccessKeyId,
        SecretAccessKey = SecretAccessKey,
        SessionToken = SessionToken,
    };

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

    /// <summary>Leaves out the secrets.</summary>
    public override string ToString() =>
        $"{{ Region = {Region}, S3 = {EndpointUrlS3 ?? EndpointUrl}, SQS = {EndpointUrlSqs ?? EndpointUrl} }}";
}
