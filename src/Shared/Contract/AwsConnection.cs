namespace Archiver.Contract;

/// <summary>How to reach an AWS service or a compatible server. The AWS SDK's own defaults apply to whatever is null.</summary>
public sealed record AwsConnection
{
    /// <summary>Region, such as <c>eu-central-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>An <c>http:</c> or <c>https:</c> URL; null for AWS itself.</summary>
    public string? EndpointUrl { get; init; }

    /// <summary>Access key ID; null: the SDK's default chain (web identity, container role, instance profile, shared files).</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Secret access key.</summary>
    public string? SecretAccessKey { get; init; }

    /// <summary>Session token of temporary credentials.</summary>
    public string? SessionToken { get; init; }

    /// <summary>Region and endpoint, without the secrets.</summary>
    public override string ToString() => $"{{ Region = {Region}, EndpointUrl = {EndpointUrl} }}";
}
