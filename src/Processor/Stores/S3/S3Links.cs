using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// URLs that the SDK signs, for requests made without it. Anyone who has such a URL can use it, so they are never logged.
/// </summary>
internal sealed class S3Links(IAmazonS3 client)
{
    // A URL is used at once; its lifetime only has to cover one transfer and a clock that is slightly wrong.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, string> _roots = new();

    private readonly Protocol _protocol =
        client.Config.ServiceURL?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true ? Protocol.HTTP : Protocol.HTTPS;

    public async Task<Uri> SignAsync(GetPreSignedUrlRequest request)
    {
        var root = _roots.GetOrAdd(request.BucketName, RootOf);
        request.Protocol = _protocol;
        // The SDK signs by the server's clock once a response has shown that this machine's is wrong.
        request.Expires = CorrectClockSkew.GetCorrectedUtcNowForEndpoint(root) + Lifetime;
        var link = await client.GetPreSignedURLAsync(request).ConfigureAwait(false);
        // Keys such as "a/../b" are signed as they are and must be sent as they are.
        var asIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        return new Uri(WithWholeKey(link, root, request.Key), asIs);
    }

    private string RootOf(string bucket) =>
        client.DetermineServiceOperationEndpoint(new ListObjectsV2Request { BucketName = bucket }).URL;

    // If the bucket is part of the path, the SDK signs a key that begins with a slash as it is, but leaves the slash out of the URL.
    private static string WithWholeKey(string link, string root, string key) =>
        key.StartsWith('/') && WholeKeys.HasBucket(new Uri(root)) && link.StartsWith(root, StringComparison.Ordinal)
            ? link.Insert(root.Length, "/")
            : link;
}
