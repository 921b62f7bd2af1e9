using System.Collections.Concurrent;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Processor.Stores.S3;

/// <summary>URLs that the SDK signs, for requests that go around it. They open what they name to whoever has them: they are never logged.</summary>
internal sealed class S3Links(IAmazonS3 client)
{
    // A link is used at once; this only has to outlast one transfer and a clock that is somewhat off.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, string> _roots = new();

    private readonly Protocol _protocol =
        client.Config.ServiceURL?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true ? Protocol.HTTP : Protocol.HTTPS;

    public async Task<Uri> SignAsync(GetPreSignedUrlRequest request)
    {
        var root = _roots.GetOrAdd(request.BucketName, RootOf);
        request.Protocol = _protocol;
        // The SDK signs by the server's clock, once a call has told it that this machine's is wrong.
        request.Expires = CorrectClockSkew.GetCorrectedUtcNowForEndpoint(root) + Lifetime;
        var link = await client.GetPreSignedURLAsync(request).ConfigureAwait(false);
        // Keys such as "a/../b" are signed as they are and must be sent as they are.
        return new Uri(WithWholeKey(link, root, request.Key), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private string RootOf(string bucket) => client.DetermineServiceOperationEndpoint(new ListObjectsV2Request { BucketName = bucket }).URL;

    // Where the bucket is part of the path, the SDK signs a key that begins with a slash as it is, but leaves that slash out of the link.
    private static string WithWholeKey(string link, string root, string key) =>
        key.StartsWith('/') && WholeKeys.HasBucket(new Uri(root)) && link.StartsWith(root, StringComparison.Ordinal) ? link.Insert(root.Length, "/") : link;
}
