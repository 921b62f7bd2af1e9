using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores.S3;

/// <summary>Sources that are S3 objects.</summary>
internal sealed class S3Source(IAmazonS3 client, S3Bodies bodies) : ISourceStore
{
    /// <inheritdoc />
    public async Task<SourceObject?> FindAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        try
        {
            var head = await client.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = address.Bucket, Key = address.Key, ChecksumMode = ChecksumMode.ENABLED }, cancellationToken).ConfigureAwait(false);
            return Describe(address, head.ContentLength, head.ETag, head.LastModified) with
            {
                ContentType = string.Intern(head.Headers.ContentType ?? ""),
                Record = RecordOf(head),
            };
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.Forbidden)
        {
            throw S3Errors.Describe(await S3Refusals.ExplainAsync(client, address.Bucket!, address.Key, error, cancellationToken).ConfigureAwait(false), address.ToString(), ExitCode.NoInput);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw S3Errors.Describe(error, address.ToString(), ExitCode.NoInput);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<SourceObject> ListAsync(ObjectAddress prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = prefix.Bucket, Prefix = prefix.Key, StartAfter = after };
        do
        {
            var page = await NextPageAsync(request, prefix, cancellationToken).ConfigureAwait(false);
            foreach (var found in page.S3Objects ?? [])
                yield return Describe(prefix with { Key = found.Key }, found.Size ?? 0, found.ETag, found.LastModified);
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    /// <inheritdoc />
    public async Task ReadAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        try
        {
            await bodies.GetRangeAsync(source, offset, target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw S3Errors.Describe(error, source.Address.ToString(), ExitCode.TempFail);
        }
    }

    /// <inheritdoc />
    public async Task<Stream> OpenAsync(ObjectAddress address, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetObjectStreamAsync(address.Bucket, address.Key, null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw S3Errors.Describe(error, address.ToString(), ExitCode.NoInput);
        }
    }

    private async Task<ListObjectsV2Response> NextPageAsync(ListObjectsV2Request request, ObjectAddress prefix, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ListObjectsV2Async(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw S3Errors.Describe(error, $"The listing of {prefix}", ExitCode.NoInput);
        }
    }

    // "null" is the version of objects that are older than the bucket's versions.
    private static SourceRecord? RecordOf(GetObjectMetadataResponse head)
    {
        var version = head.VersionId is { Length: > 0 } id && id != "null" ? id : null;
        var crc = head.ChecksumType == ChecksumType.FULL_OBJECT ? S3Checksums.Decode(head.ChecksumCRC32) : null;
        return version is null && crc is null ? null : new SourceRecord(version, crc);
    }

    // Listings tell milliseconds, heads whole seconds: both must give the same plan.
    private static SourceObject Describe(ObjectAddress address, long size, string etag, DateTime? modified) =>
        new(address, size, etag.Trim('"'), modified is { } time ? new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeSeconds() : 0);
}
