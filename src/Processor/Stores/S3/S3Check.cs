using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores.S3;

/// <summary>Whether a bucket can be used, by calls that need no right that a job does not need.</summary>
internal sealed class S3Check(IAmazonS3 client, StoreLocation location)
{
    private const string NoUpload = "archiver-check";

    // What keys begin with, also in policies that are bound to a prefix.
    private string Prefix => location.Path.Length == 0 ? "" : location.Path + "/";

    /// <summary>
    /// Lists one key. A denied listing is no failure: who may read objects need not be allowed to list them, and then an object that is not there
    /// cannot be told from one that is denied. It tells nevertheless that the endpoint answers, that the credentials are good, and that the bucket exists.
    /// </summary>
    public Task<string?> ReadableAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        try
        {
            var page = await client.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = location.Bucket, Prefix = Prefix, MaxKeys = 1, Encoding = EncodingType.Url }, cancellationToken).ConfigureAwait(false);
            return S3Listing.IsListing(page) ? null : throw S3Errors.NotS3($"The listing of {location}", "no listing");
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.Forbidden && IsOfS3AndNotTheCaller(error))
        {
            return $"{location} may not be listed, so whether its objects may be read is not known";
        }
    }, cancellationToken);

    /// <summary>Sends a part to an upload that does not exist. Who may write is told so, who may not is denied, and nothing is left either way.</summary>
    public Task<string?> WritableAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        using var body = new MemoryStream([0]);
        try
        {
            var part = await client.UploadPartAsync(
                new UploadPartRequest { BucketName = location.Bucket, Key = Prefix + NoUpload, UploadId = NoUpload, PartNumber = 1, PartSize = 1, InputStream = body },
                cancellationToken).ConfigureAwait(false);
            return string.IsNullOrEmpty(part.ETag) ? throw S3Errors.NotS3(location.ToString(), "a part without an ETag") : null;
        }
        catch (AmazonS3Exception error) when (error.ErrorCode == "NoSuchUpload")
        {
            return null;
        }
        catch (AmazonS3Exception error) when (SaysNothing(error))
        {
            return $"{location} answers the check with {(int)error.StatusCode} {error.ErrorCode}, so whether it may be written is not known";
        }
    }, cancellationToken);

    // Servers differ in what they say of an upload id that is none; only some answers are about the bucket, the rights or an outage.
    private static bool SaysNothing(AmazonS3Exception error) =>
        error.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.InternalServerError or HttpStatusCode.NotImplemented
        && error.ErrorCode != "NoSuchBucket" && IsOfS3AndNotTheCaller(error) && !S3Answer.Of(error).IsElsewhere;

    private static bool IsOfS3AndNotTheCaller(AmazonS3Exception error) => S3Answer.Of(error) is { Code: not null } answer && !S3Errors.IsAboutCaller(answer);

    private async Task<string?> TryAsync(Func<Task<string?>> check, CancellationToken cancellationToken)
    {
        try
        {
            return await check().ConfigureAwait(false);
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(error, location.ToString(), ExitCode.Config);
        }
    }
}
