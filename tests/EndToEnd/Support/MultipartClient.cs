using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.EndToEnd.Support;

/// <summary>One multipart upload by the SDK, part by part.</summary>
public sealed class MultipartClient
{
    private readonly AmazonS3Client _client;
    private readonly InitiateMultipartUploadResponse _upload;

    private MultipartClient(AmazonS3Client client, InitiateMultipartUploadResponse upload)
    {
        _client = client;
        _upload = upload;
    }

    public string Id => _upload.UploadId;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>With a CRC-32 of this type; null: without a checksum.</summary>
    public static async Task<MultipartClient> CreateAsync(AmazonS3Client client, string bucket, string key, ChecksumType? type = null)
    {
        var request = new InitiateMultipartUploadRequest { BucketName = bucket, Key = key };
        if (type is not null)
            (request.ChecksumAlgorithm, request.ChecksumType) = (ChecksumAlgorithm.CRC32, type);
        return new MultipartClient(client, await client.InitiateMultipartUploadAsync(request, Cancel));
    }

    public async Task<UploadPartResponse> UploadAsync(int number, byte[] content, string? checksum = null, bool inChunks = false)
    {
        using var body = new MemoryStream(content);
        var request = new UploadPartRequest
        {
            BucketName = _upload.BucketName,
            Key = _upload.Key,
            UploadId = Id,
            PartNumber = number,
            InputStream = body,
            ChecksumCRC32 = checksum,
            UseChunkEncoding = inChunks,
        };
        return await _client.UploadPartAsync(request, Cancel);
    }

    /// <summary>Copies a range of an object in the same bucket.</summary>
    public Task<CopyPartResponse> CopyAsync(int number, string source, long first, long length, string? etag = null)
    {
        var request = new CopyPartRequest
        {
            SourceBucket = _upload.BucketName,
            SourceKey = source,
            DestinationBucket = _upload.BucketName,
            DestinationKey = _upload.Key,
            UploadId = Id,
            PartNumber = number,
            FirstByte = first,
            LastByte = first + length - 1,
            ETagToMatch = etag is null ? null : [etag],
        };
        return _client.CopyPartAsync(request, Cancel);
    }

    public Task<CompleteMultipartUploadResponse> CompleteAsync(
        IEnumerable<PartETag> parts, Action<CompleteMultipartUploadRequest>? configure = null)
    {
        var request = new CompleteMultipartUploadRequest
        {
            BucketName = _upload.BucketName,
            Key = _upload.Key,
            UploadId = Id,
            PartETags = [.. parts],
        };
        configure?.Invoke(request);
        return _client.CompleteMultipartUploadAsync(request, Cancel);
    }
}
