using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Stores.S3;

/// <summary>Checks whether a bucket can be used, by calls that need no permissions beyond those of a job.</summary>
internal sealed class S3Check(IAmazonS3 client, StoreLocation location)
{
    private const string NoUpload = "archiver-check";

    // Keys in the check begin like those of a job, for policies that are limited to a prefix.
    private string Prefix => location.Path.Length == 0 ? "" : location.Path + "/";

    /// <summary>
    /// Lists one key. A denied listing is not a failure: objects can be read without permission to list them, though a missing object then
    /// looks like a denied one. Even so, it shows that the endpoint answers, the credentials are valid and the bucket exists.
    /// </summary>
    public Task<string?> ReadableAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        try
        {
            var request = new ListObjectsV2Request
            {
                BucketName = location.Bucket,
                Prefix = Prefix,
                MaxKeys = 1,
                Encoding = EncodingType.Url,
            };
            var page = await client.ListObjectsV2Async(request, cancellationToken).ConfigureAwait(false);
            return S3Listing.IsListing(page) ? null : throw S3Errors.NotS3($"The listing of {location}", "not a listing");
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.Forbidden && IsOfS3AndNotTheCaller(error))
        {
            return $"{location} cannot be listed, so it is not known whether its objects can be read";
        }
    }, cancellationToken);

    /// <summary>
    /// Sends a part to an upload that does not exist. The answer is NoSuchUpload if writing is allowed and access denied if not; either way
    /// nothing is left behind.
    /// </summary>
    public Task<string?> WritableAsync(CancellationToken cancellationToken) => TryAsync(async () =>
    {
        using var body = new MemoryStream([0]);
        try
        {
            var part = await client.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = location.Bucket,
                    Key = Prefix + NoUpload,
                    UploadId = NoUpload,
                    PartNumber = 1,
                    PartSize = 1,
                    InputStream = body,
                },
                cancellationToken).ConfigureAwait(false);
            return string.IsNullOrEmpty(part.ETag) ? throw S3Errors.NotS3(location.ToString(), "a part without an ETag") : null;
        }
        catch (AmazonS3Exception error) when (error.ErrorCode == "NoSuchUpload")
        {
            return null;
        }
        catch (AmazonS3Exception error) when (SaysNothing(error))
        {
            return $"{location} answered the check with {(int)error.StatusCode} {error.ErrorCode}, "
                + "so it is not known whether it can be written";
        }
    }, cancellationToken);

    // Servers respond differently to an unknown upload ID; only some responses are about the bucket, the permissions or an outage.
    private static bool SaysNothing(AmazonS3Exception error) =>
        error.StatusCode
            is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.InternalServerError or HttpStatusCode.NotImplemented
        && error.ErrorCode != "NoSuchBucket" && IsOfS3AndNotTheCaller(error) && !S3Answer.Of(error).IsElsewhere;

    private static bool IsOfS3AndNotTheCaller(AmazonS3Exception error) =>
        S3Answer.Of(error) is { Code: not null } answer && !S3Errors.IsAboutCaller(answer);

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
