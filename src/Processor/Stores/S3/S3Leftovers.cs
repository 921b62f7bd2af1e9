using System.Globalization;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Processor.Parts;
using Serilog;

namespace Archiver.Processor.Stores.S3;

/// <summary>Uploads that were begun but neither completed nor aborted: S3 keeps their parts, and bills for them, for ever.</summary>
internal sealed class S3Leftovers(IAmazonS3 client, string bucket, ILogger log)
{
    /// <summary>
    /// Aborts all uploads to a key. Killed processors leave some behind, and so does a request to begin one whose response was lost: it is
    /// retried, and then there are two.
    /// </summary>
    public async Task AbortAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var uploadId in await ListAsync(key, cancellationToken).ConfigureAwait(false))
            {
                log.Information("Aborting abandoned upload {UploadId}", uploadId);
                await AbortAsync(key, uploadId, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (AmazonS3Exception error) when (CannotList(error))
        {
            log.Warning("Unfinished uploads cannot be listed ({Code}); a lifecycle rule should clear them", error.ErrorCode);
        }
    }

    /// <summary>
    /// Finds the unfinished upload to a key that a new attempt can resume with one of its plans: of those whose parts fit, the one with the
    /// most parts. The others are aborted. Another process may be working on it right now, but storing the same bytes in the same parts
    /// harms neither.
    /// </summary>
    /// <returns>Null if there is none.</returns>
    public async Task<(EarlierUpload Upload, int Plan)?> TakeAsync(
        string key, IReadOnlyList<IReadOnlyList<Part>> plans, CancellationToken cancellationToken)
    {
        try
        {
            (EarlierUpload Upload, int Plan)? best = null;
            foreach (var uploadId in await ListAsync(key, cancellationToken).ConfigureAwait(false))
            {
                var found = await DescribeAsync(key, uploadId, cancellationToken).ConfigureAwait(false);
                var plan = found is null ? -1 : plans.Select(found.Fits).ToList().IndexOf(true);
                var isBetter = plan >= 0 && (best is null || found!.Parts.Count > best.Value.Upload.Parts.Count);
                if ((isBetter ? best?.Upload.UploadId : uploadId) is { } useless)
                    await AbortAsync(key, useless, cancellationToken).ConfigureAwait(false);
                best = isBetter ? (found!, plan) : best;
            }
            if (best is var (upload, taken))
                log.Information("Resuming unfinished upload {UploadId}, which has {Parts} of {All} parts",
                    upload.UploadId, upload.Parts.Count, plans[taken].Count);
            return best;
        }
        catch (AmazonS3Exception error) when (CannotList(error))
        {
            log.Warning("Unfinished uploads cannot be listed ({Code}); a lifecycle rule should clear them", error.ErrorCode);
            return null;
        }
    }

    public async Task AbortAsync(string key, string uploadId, CancellationToken cancellationToken)
    {
        try
        {
            await client.AbortMultipartUploadAsync(
                new AbortMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = uploadId },
                cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception error) when (error.ErrorCode == "NoSuchUpload")
        {
            // It is gone already.
        }
    }

    private static bool CannotList(AmazonS3Exception error) =>
        error.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed;

    private async Task<IReadOnlyList<string>> ListAsync(string key, CancellationToken cancellationToken)
    {
        var uploads = await client.ListMultipartUploadsAsync(
            new ListMultipartUploadsRequest { BucketName = bucket, Prefix = key }, cancellationToken).ConfigureAwait(false);
        return [.. (uploads.MultipartUploads ?? []).Where(upload => upload.Key == key).Select(static upload => upload.UploadId)];
    }

    private async Task<EarlierUpload?> DescribeAsync(string key, string uploadId, CancellationToken cancellationToken)
    {
        var parts = new List<PartDetail>();
        var request = new ListPartsRequest { BucketName = bucket, Key = key, UploadId = uploadId };
        try
        {
            do
            {
                var page = await client.ListPartsAsync(request, cancellationToken).ConfigureAwait(false);
                parts.AddRange(page.Parts ?? []);
                request.PartNumberMarker = page.IsTruncated == true && page.Parts?.Count > 0
                    ? page.NextPartNumberMarker?.ToString(CultureInfo.InvariantCulture)
                    : null;
            }
            while (request.PartNumberMarker is not null);
            return EarlierUpload.Of(uploadId, parts);
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound || CannotList(error))
        {
            // It has ended in the meantime, or its parts cannot or may not be listed.
            return null;
        }
    }
}
