using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Serilog;

namespace Archiver.Processor.Stores.S3;

/// <summary>Uploads that were begun and never ended: S3 keeps and bills their parts for ever.</summary>
internal sealed class S3Leftovers(IAmazonS3 client, string bucket, ILogger log)
{
    /// <summary>
    /// Ends all uploads to a key. Killed workers leave some behind, and so does a request to begin one whose answer was lost: it is sent
    /// again, and then there are two.
    /// </summary>
    public async Task AbortAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var uploads = await client.ListMultipartUploadsAsync(
                new ListMultipartUploadsRequest { BucketName = bucket, Prefix = key }, cancellationToken).ConfigureAwait(false);
            foreach (var leftover in (uploads.MultipartUploads ?? []).Where(upload => upload.Key == key))
            {
                log.Information("Aborting the unfinished upload {UploadId}, which nobody works on any more", leftover.UploadId);
                await AbortAsync(key, leftover.UploadId, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (AmazonS3Exception error) when (error.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed)
        {
            log.Warning("Unfinished uploads cannot be listed ({Code}); a lifecycle rule should clear them", error.ErrorCode);
        }
    }

    /// <summary>Ends one upload.</summary>
    public async Task AbortAsync(string key, string uploadId, CancellationToken cancellationToken)
    {
        try
        {
            await client.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = uploadId }, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception error) when (error.ErrorCode == "NoSuchUpload")
        {
            // Gone already, which is all that was wanted.
        }
    }
}
