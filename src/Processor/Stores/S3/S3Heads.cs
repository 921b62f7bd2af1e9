using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// HEAD requests. An error response to one has no body and thus no error code, but reading the same key needs the same permission and
/// says why it fails.
/// </summary>
internal sealed class S3Heads(IAmazonS3 client, string bucket, string key)
{
    /// <summary>Gets an object's metadata.</summary>
    /// <returns>Null if it does not exist.</returns>
    /// <exception cref="S3BodyException">It was refused.</exception>
    public async Task<GetObjectMetadataResponse?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception error) when (error.StatusCode >= HttpStatusCode.InternalServerError)
        {
            throw WithoutBody(error);
        }
        catch (AmazonS3Exception error) when (error.StatusCode >= HttpStatusCode.MultipleChoices)
        {
            if (await WhyRefusedAsync(cancellationToken).ConfigureAwait(false) is { } answer)
                return answer.Code is "NoSuchKey" or "NoSuchBucket" ? null : throw new S3BodyException(answer);
        }
        // It exists by now, or the SDK has learned from the read that the clocks differ.
        try
        {
            return await SendAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (AmazonS3Exception error) when (error.StatusCode >= HttpStatusCode.MultipleChoices)
        {
            throw WithoutBody(error);
        }
    }

    /// <summary>Why a HEAD request is refused.</summary>
    /// <returns>Null if the object can be read.</returns>
    public async Task<S3Answer?> WhyRefusedAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var _ = await client.GetObjectAsync(
                new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = new ByteRange(0, 0) },
                cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // An empty object has no first byte.
            return null;
        }
        catch (AmazonS3Exception error)
        {
            return S3Answer.Of(error);
        }
    }

    /// <summary>The error for a response without a body. Its status name stands in for the code, or it would not count as S3's.</summary>
    public static S3BodyException WithoutBody(AmazonS3Exception error) =>
        new(new S3Answer(error.StatusCode, error.ErrorCode, error.Message));

    private async Task<GetObjectMetadataResponse> SendAsync(CancellationToken cancellationToken)
    {
        var head = await client.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED },
            cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(head.ETag) ? throw S3Errors.NotS3($"s3://{bucket}/{key}", "no ETag") : head;
    }
}
