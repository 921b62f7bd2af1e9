using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Contract.Boundary;
using Archiver.Processor.Parts;
using Archiver.Programs.Settings;
using Serilog;

namespace Archiver.Processor.Stores.S3;

/// <summary>Archives stored in S3: a single PUT for an archive of one part, a multipart upload for any other.</summary>
internal sealed class S3Archives(IAmazonS3 client, S3Bodies bodies, StoreLocation location, PartLimits limits, ILogger log) : IArchiveStore
{
    private readonly S3Leftovers _leftovers = new(client, location.Bucket, log);

    /// <inheritdoc />
    public PartLimits Limits => limits;

    /// <inheritdoc />
    public bool CanCopy(ObjectAddress source) => source.Scheme == location.Scheme;

    /// <inheritdoc />
    public string KeyOf(string archiveKey) => location.Path.Length == 0 ? archiveKey : $"{location.Path}/{archiveKey}";

    /// <inheritdoc />
    public string UriOf(string archiveKey) => location.Scheme.UriOf(location.Bucket, KeyOf(archiveKey));

    /// <inheritdoc />
    public async Task<StoredArchive?> FindAsync(string archiveKey, CancellationToken cancellationToken)
    {
        try
        {
            var head = await client.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = location.Bucket, Key = KeyOf(archiveKey), ChecksumMode = ChecksumMode.ENABLED },
                cancellationToken).ConfigureAwait(false);
            return string.IsNullOrEmpty(head.ETag)
                ? throw S3Errors.NotS3(UriOf(archiveKey), "no ETag")
                : new StoredArchive(head.ContentLength, S3Checksums.OfWhole(head.ChecksumCRC32, head.ChecksumType), head.ETag.Trim('"'));
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound && error.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.Forbidden)
        {
            var heads = new S3Heads(client, location.Bucket, KeyOf(archiveKey));
            var answer = await heads.WhyRefusedAsync(cancellationToken).ConfigureAwait(false);
            if (answer is not null && (answer.Code is null || S3Errors.IsAboutCaller(answer)))
                throw S3Errors.Describe(new S3BodyException(answer), UriOf(archiveKey), ExitCode.CannotCreate);
            // Without permission to list the bucket, a missing key is "denied" too. Writing it will show whether it may be written.
            return null;
        }
        catch (AmazonS3Exception error) when (error.StatusCode >= HttpStatusCode.InternalServerError)
        {
            throw S3Errors.Describe(S3Heads.WithoutBody(error), UriOf(archiveKey), ExitCode.CannotCreate);
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(error, UriOf(archiveKey), ExitCode.CannotCreate);
        }
    }

    /// <inheritdoc />
    public async Task ReadAsync(
        string archiveKey, StoredArchive found, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        var address = new ObjectAddress(location.Scheme, location.Bucket, KeyOf(archiveKey));
        var archive = new SourceObject(address, found.Bytes, found.ETag ?? "", 0);
        try
        {
            await bodies.GetRangeAsync(archive, offset, target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(error, UriOf(archiveKey), ExitCode.TempFail);
        }
    }

    /// <inheritdoc />
    public async Task<IArchiveUpload> BeginAsync(string archiveKey, long? length, bool isOnePart, CancellationToken cancellationToken)
    {
        var key = KeyOf(archiveKey);
        try
        {
            await _leftovers.AbortAsync(key, cancellationToken).ConfigureAwait(false);
            return isOnePart
                ? new S3SinglePut(bodies, location.Bucket, key)
                : await CreateAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(error, UriOf(archiveKey), ExitCode.CannotCreate);
        }
    }

    /// <inheritdoc />
    public async Task<(IArchiveUpload Upload, int Plan)> BeginAsync(
        string archiveKey, long length, IReadOnlyList<IReadOnlyList<Part>> plans, CancellationToken cancellationToken)
    {
        if (plans[0].Count == 1)
            return (await BeginAsync(archiveKey, length, isOnePart: true, cancellationToken).ConfigureAwait(false), 0);
        var key = KeyOf(archiveKey);
        try
        {
            return await _leftovers.TakeAsync(key, plans, cancellationToken).ConfigureAwait(false) is var (earlier, plan)
                ? (Upload(key, earlier), plan)
                : (await CreateAsync(key, cancellationToken).ConfigureAwait(false), 0);
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(error, UriOf(archiveKey), ExitCode.CannotCreate);
        }
    }

    /// <inheritdoc />
    public Task<string?> CheckAsync(CancellationToken cancellationToken) => new S3Check(client, location).WritableAsync(cancellationToken);

    private async Task<S3MultipartUpload> CreateAsync(string key, CancellationToken cancellationToken)
    {
        var uploadId = await new S3UploadStart(client, _leftovers).BeginAsync(
            new InitiateMultipartUploadRequest
            {
                BucketName = location.Bucket,
                Key = key,
                ContentType = S3MultipartUpload.ContentType,
                ChecksumAlgorithm = ChecksumAlgorithm.CRC32,
                ChecksumType = ChecksumType.FULL_OBJECT,
            },
            cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(uploadId)
            ? throw S3Errors.NotS3($"s3://{location.Bucket}/{key}", "no upload ID")
            : Upload(key, EarlierUpload.Of(uploadId, []));
    }

    private S3MultipartUpload Upload(string key, EarlierUpload upload) =>
        new(client, bodies, _leftovers, location.Bucket, key, upload, limits.Preferred, log);
}
