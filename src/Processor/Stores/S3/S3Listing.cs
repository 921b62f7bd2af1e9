using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// Lists keys page by page. They are requested in URL encoding, because XML cannot represent all of them.
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
/// </summary>
internal sealed class S3Listing(IAmazonS3 client, ObjectAddress prefix, string? after)
{
    private readonly string _what = $"The listing of {prefix}";

    /// <summary>The objects, with decoded keys. Each has an ETag.</summary>
    public async IAsyncEnumerable<S3Object> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request
        {
            BucketName = prefix.Bucket,
            Prefix = prefix.Key,
            StartAfter = after,
            Encoding = EncodingType.Url,
        };
        do
        {
            var page = await NextPageAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (var found in page.S3Objects ?? [])
            {
                if (string.IsNullOrEmpty(found.Key) || string.IsNullOrEmpty(found.ETag))
                    throw S3Errors.NotS3(_what, "an object without a key or ETag");
                if (page.Encoding == EncodingType.Url)
                    found.Key = Decode(found.Key);
                yield return found;
            }
            request.ContinuationToken = NextToken(page, request.ContinuationToken);
        }
        while (request.ContinuationToken is not null);
    }

    /// <summary>Decodes a key as S3 encodes it in responses, where + stands for a space.</summary>
    public static string Decode(string key) => Uri.UnescapeDataString(key.Replace('+', ' '));

    /// <summary>Whether this is a listing at all: the SDK turns any XML, and even an empty body, into an empty one.</summary>
    public static bool IsListing(ListObjectsV2Response page) => page.IsTruncated is not null;

    private async Task<ListObjectsV2Response> NextPageAsync(ListObjectsV2Request request, CancellationToken cancellationToken)
    {
        try
        {
            var page = await client.ListObjectsV2Async(request, cancellationToken).ConfigureAwait(false);
            return IsListing(page) ? page : throw S3Errors.NotS3(_what, "not a listing");
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(error, _what, ExitCode.NoInput);
        }
    }

    // A listing that ended early or went round in circles would make a wrong archive.
    private string? NextToken(ListObjectsV2Response page, string? last) => page.IsTruncated switch
    {
        true when string.IsNullOrEmpty(page.NextContinuationToken) || page.NextContinuationToken == last =>
            throw S3Errors.NotS3(_what, "it is truncated, but has no new continuation token"),
        true => page.NextContinuationToken,
        _ => null,
    };
}
