using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.Processor.Stores.S3;

/// <summary>HEAD requests. What refuses one has no body, and so no error code; a read of the same key needs the same right, and tells.</summary>
internal sealed class S3Heads(IAmazonS3 client, string bucket, string key)
{
    /// <summary>What the server knows of an object.</summary>
    /// <returns>Null when it does not exist.</returns>
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
        // It is there by now, or the SDK has learned from the read that the clocks differ.
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
    /// <returns>Null when the object can be read.</returns>
    public async Task<S3Answer?> WhyRefusedAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var _ = await client.GetObjectAsync(
                new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = new ByteRange(0, 0) }, cancellationToken).ConfigureAwait(false);
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

    /// <summary>An answer that has no body because nothing could have one; else that would say that it is not S3's.</summary>
    public static S3BodyException WithoutBody(AmazonS3Exception error) => new(new S3Answer(error.StatusCode, error.ErrorCode, error.Message));

    private async Task<GetObjectMetadataResponse> SendAsync(CancellationToken cancellationToken)
    {
        var head = await client.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED }, cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(head.ETag) ? throw S3Errors.NotS3($"s3://{bucket}/{key}", "no ETag") : head;
    }
}
