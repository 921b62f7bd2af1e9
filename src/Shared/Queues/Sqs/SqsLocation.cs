using System.Text.RegularExpressions;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Queues.Sqs;

/// <summary>
/// An SQS queue by URL or by name. Region and host of a URL are used as given, so that a queue in another region, behind a VPC endpoint,
/// or on a compatible server needs no further settings.
/// </summary>
internal sealed partial record SqsLocation(string Text, Uri? Url, string Name)
{
    /// <exception cref="ArchiverException">Exit code 78: the location is malformed.</exception>
    public static SqsLocation Parse(string location)
    {
        if (QueueName.IsValid(location))
            return new SqsLocation(location, null, location);
        if (!Uri.TryCreate(location, UriKind.Absolute, out var url)
            || !(url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
            throw Malformed($"\"{location}\" is neither the URL nor the name of an SQS queue");
        if (url.UserInfo.Length > 0)
            throw Malformed($"The queue URL at {url.Host} contains a user name: SQS does not take credentials from the URL");
        var name = url.Segments[^1];
        return QueueName.IsValid(name)
            ? new SqsLocation(location, url, name)
            : throw Malformed($"The queue URL \"{location}\" does not end in a queue's name ({QueueName.Rule})");
    }

    /// <summary>The region in the URL; null if there is none.</summary>
    public string? Region => Url is null ? null : Url.Host == "queue.amazonaws.com" ? "us-east-1" : RegionInHost().Match(Url.Host) switch
    {
        { Success: true } match => match.Groups["region"].Value,
        _ => null,
    };

    /// <summary>
    /// Scheme and host of the URL if they do not follow from the region: VPC endpoints, FIPS, servers that are not AWS.
    /// </summary>
    public Uri? OwnEndpoint => Url is null || RegionalHost().IsMatch(Url.Host) ? null : new Uri(Url.GetLeftPart(UriPartial.Authority));

    /// <summary>Whether an endpoint belongs to AWS.</summary>
    public static bool IsAws(Uri endpoint) => AwsHost().IsMatch(endpoint.Host);

    private static ArchiverException Malformed(string what) => new(ExitCode.Config, $"{what}. Check the queue's location.");

    // sqs.eu-central-1.amazonaws.com, vpce-1a2b.sqs.eu-central-1.vpce.amazonaws.com; eu-central-1.queue.amazonaws.com is the older form.
    [GeneratedRegex(@"(^|\.)sqs(-fips)?\.(?<region>[a-z]+(-[a-z]+)+-\d+)\.|^(?<region>[a-z]+(-[a-z]+)+-\d+)\.queue\.")]
    private static partial Regex RegionInHost();

    [GeneratedRegex(@"\.(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws)$")]
    private static partial Regex AwsHost();

    [GeneratedRegex(@"^(sqs\.[a-z0-9-]+|([a-z0-9-]+\.)?queue)\.amazonaws\.com(\.cn)?$")]
    private static partial Regex RegionalHost();
}
