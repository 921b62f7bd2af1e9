using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Parts;
using Serilog;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// A multipart upload. Each part is sent with its CRC-32 and the completion with that of the whole, so that S3 refuses an archive if a
/// single byte is wrong. https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
/// </summary>
internal sealed class S3MultipartUpload(
    IAmazonS3 client, S3Bodies bodies, S3Leftovers leftovers, string bucket, string key, EarlierUpload upload, long fullPart, ILogger log)
    : IArchiveUpload
{
    public const string ContentType = "application/zip";

    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(8);

    private readonly S3Copying _copying = new(bodies, bucket, key, upload.UploadId);
    private readonly ConcurrentDictionary<int, EarlierPart> _done = new();
    private bool _ended;

    public Task WriteAsync(Part part, ReadOnlyMemory<byte> bytes, uint crc, CancellationToken cancellationToken) =>
        IsStored(part, crc) || IsStored(part, bytes.Span)
            ? Task.CompletedTask
            : PutAsync(part, S3Body.Of(bytes), crc, cancellationToken);

    public Task StreamAsync(Part part, PartWriter writer, uint crc, CancellationToken cancellationToken) =>
        IsStored(part, crc) ? Task.CompletedTask : PutAsync(part, S3Body.Streamed(writer, part.Length), crc, cancellationToken);

    public async Task<CopyOutcome> CopyAsync(Part part, SourceObject source, long offset, CancellationToken cancellationToken)
    {
        if (StoredCrc(part) is { } stored)
            return CopyOutcome.Copied(stored);
        try
        {
            var (eTag, outcome) = await _copying.CopyAsync(part.Number, source, offset, part.Length, cancellationToken)
                .ConfigureAwait(false);
            if (outcome.Crc is { } crc)
                Keep(part, eTag, crc);
            return outcome;
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(
                error, $"Part {part.Number} of s3://{bucket}/{key}, copied from {source.Address}", ExitCode.CannotCreate);
        }
    }

    // Only for a copied or full part, which can hardly belong to another plan. The content of others is read and compared.
    public uint? StoredCrc(Part part)
    {
        if (!_done.TryGetValue(part.Number, out var stored) && upload.Parts.TryGetValue(part.Number, out stored)
            && stored.Crc is not null && (part.IsCopied || part.Length >= fullPart))
            _done[part.Number] = stored;
        return _done.TryGetValue(part.Number, out stored) ? stored.Crc : null;
    }

    public async Task<bool> CompleteAsync(uint crc, StoredArchive? replaced, CancellationToken cancellationToken)
    {
        try
        {
            var completed = await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = bucket,
                    Key = key,
                    UploadId = upload.UploadId,
                    PartETags = [.. _done.OrderBy(static part => part.Key).Select(static part =>
                        new PartETag(part.Key, part.Value.ETag) { ChecksumCRC32 = S3Checksums.Encode(part.Value.Crc!.Value) })],
                    ChecksumCRC32 = S3Checksums.Encode(crc),
                    ChecksumType = ChecksumType.FULL_OBJECT,
                    MpuObjectSize = _done.Values.Sum(static part => part.Length),
                    IfNoneMatch = replaced is null ? "*" : null,
                    IfMatch = replaced?.ETag,
                },
                cancellationToken).ConfigureAwait(false);
            // The SDK takes any response without an error for a completion, even an HTML page. Not every server returns the ETag.
            if (string.IsNullOrEmpty(completed.ETag) && string.IsNullOrEmpty(completed.Key))
                throw S3Errors.NotS3($"The completion of s3://{bucket}/{key}", "neither key nor ETag");
            _ended = true;
            return true;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.PreconditionFailed
            || error.ErrorCode is "NoSuchUpload" || (replaced is not null && error.ErrorCode == "NoSuchKey"))
        {
            // NoSuchUpload may also mean that a completion was retried after its first response was lost.
            return false;
        }
        catch (AmazonS3Exception error) when (error.ErrorCode is "InvalidPart" or "EntityTooSmall")
        {
            throw new ArchiverException(
                ExitCode.TempFail, $"s3://{bucket}/{key}: another process replaced parts of the upload; trying again may help.", error);
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(error, $"The completion of s3://{bucket}/{key}", ExitCode.CannotCreate);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Not the job's token: this has to be done even if the job was cancelled.
        using var patience = new CancellationTokenSource(AbortPatience);
        try
        {
            // Once the archive is stored, any other upload to its key is useless.
            await (_ended
                ? leftovers.AbortAsync(key, patience.Token)
                : leftovers.AbortAsync(key, upload.UploadId, patience.Token)).ConfigureAwait(false);
        }
        catch (Exception error)
            when (error is AmazonServiceException or AmazonClientException or OperationCanceledException or HttpRequestException)
        {
            log.Warning(error, "Uploads to {Key} could not be aborted; the next attempt at the same request will do so", key);
        }
    }

    private async Task PutAsync(Part part, S3Body body, uint crc, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GetPreSignedUrlRequest
            {
                BucketName = bucket,
                Key = key,
                Verb = HttpVerb.PUT,
                UploadId = upload.UploadId,
                PartNumber = part.Number,
            };
            var etag = await bodies.PutAsync(request, body, crc, null, cancellationToken).ConfigureAwait(false);
            Keep(part, etag, crc);
        }
        catch (Exception error) when (!S3Errors.IsStop(error, cancellationToken))
        {
            throw S3Errors.Describe(error, $"Part {part.Number} of s3://{bucket}/{key}", ExitCode.CannotCreate);
        }
    }

    private bool IsStored(Part part, uint crc)
    {
        if (!upload.Parts.TryGetValue(part.Number, out var stored) || stored.Crc != crc)
            return false;
        Keep(part, stored.ETag, crc);
        return true;
    }

    // For servers that keep no checksums: the ETag of a part is the MD5 of its bytes, unless they are encrypted.
    [SuppressMessage("Security", "CA5351", Justification = "The server chose MD5; nothing is protected by it.")]
    private bool IsStored(Part part, ReadOnlySpan<byte> bytes)
    {
        if (!upload.Parts.TryGetValue(part.Number, out var stored) || stored.Crc is not null
            || !stored.ETag.Trim('"').Equals(Convert.ToHexString(MD5.HashData(bytes)), StringComparison.OrdinalIgnoreCase))
            return false;
        Keep(part, stored.ETag, Crc32.HashToUInt32(bytes));
        return true;
    }

    private void Keep(Part part, string eTag, uint crc) => _done[part.Number] = new EarlierPart(eTag, part.Length, crc);
}
