using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Processor.Stores.S3;

/// <summary>Finds out why a HEAD request was refused: its answer has no body, and so no error code. A read of the same key needs the same rights.</summary>
internal static class S3Refusals
{
    /// <summary>The refusal with its error code, where that can be had.</summary>
    public static async Task<AmazonS3Exception> ExplainAsync(IAmazonS3 client, string bucket, string key, AmazonS3Exception head, CancellationToken cancellationToken)
    {
        try
        {
            using var _ = await client.GetObjectAsync(
                new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = new ByteRange(0, 0) }, cancellationToken).ConfigureAwait(false);
            return head;
        }
        catch (AmazonS3Exception error)
        {
            return error.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized ? error : head;
        }
    }

    public static bool IsAboutCredentials(AmazonS3Exception refusal) => refusal.ErrorCode is { } code && S3Errors.RefusesCredentials(code);
}
