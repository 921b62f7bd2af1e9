using System.IO.Hashing;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.EndToEnd.Support;

public sealed class CompleteTests(S3Fixture s3) : IClassFixture<S3Fixture>, IAsyncLifetime
{
    private static readonly byte[] Source = Some.Bytes(12 * Some.Mebibyte);
    private static readonly byte[] Tail = Some.Bytes(1000, seed: 2);

    private FaultProxy _proxy = null!;
    private AmazonS3Client _client = null!;

    private static byte[] Whole => [.. Source, .. Tail];

    private static string WholeChecksum => Crc(Whole);

    public async ValueTask InitializeAsync()
    {
        _proxy = await s3.StartProxyAsync();
        _client = S3Fixture.ClientFor(_proxy.Url, retries: 0);
        await s3.PutAsync("source", Source);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task Of_copied_and_uploaded_parts_an_object_is_made_with_the_checksum_of_the_whole()
    {
        var (upload, parts) = await UploadAsync("whole", ChecksumType.FULL_OBJECT);

        var answer = await upload.CompleteAsync(
            parts, request => (request.ChecksumCRC32, request.ChecksumType) = (WholeChecksum, ChecksumType.FULL_OBJECT));

        Assert.Equal((WholeChecksum, "FULL_OBJECT"), (answer.ChecksumCRC32, answer.ChecksumType.Value));
        Assert.Equal((WholeChecksum, "FULL_OBJECT"), await HeadAsync("whole"));
        Assert.Equal(Whole, await s3.GetAsync("whole"));
    }

    [Fact]
    public async Task A_wrong_checksum_of_the_whole_is_refused_and_no_object_is_made()
    {
        var (upload, parts) = await UploadAsync("refused", ChecksumType.FULL_OBJECT);

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => upload.CompleteAsync(
            parts, request => (request.ChecksumCRC32, request.ChecksumType) = (Checksum.Encode(1), ChecksumType.FULL_OBJECT)));

        Assert.Equal((HttpStatusCode.BadRequest, "BadDigest"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.False(await s3.ExistsAsync("refused"));
        Assert.Contains(await s3.ListUploadsAsync(), found => found.UploadId == upload.Id);
    }

    [Fact]
    public async Task A_COMPOSITE_checksum_needs_that_of_every_part()
    {
        var (upload, parts) = await UploadAsync("composite", ChecksumType.COMPOSITE);
        var without = parts.Select(part => new PartETag(part.PartNumber ?? 0, part.ETag));

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => upload.CompleteAsync(without));
        var answer = await upload.CompleteAsync(parts);

        Assert.Equal("InvalidRequest", refusal.ErrorCode);
        Assert.EndsWith("-2", answer.ChecksumCRC32, StringComparison.Ordinal);
        Assert.Equal((answer.ChecksumCRC32, "COMPOSITE"), await HeadAsync("composite"));
    }

    [Fact]
    public async Task A_wrong_checksum_of_a_part_is_refused()
    {
        var (upload, parts) = await UploadAsync("wrong part", ChecksumType.FULL_OBJECT);
        parts[1].ChecksumCRC32 = Checksum.Encode(1);

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => upload.CompleteAsync(parts));

        Assert.Equal("InvalidPart", refusal.ErrorCode);
    }

    [Fact]
    public async Task A_wrong_size_is_refused()
    {
        var (upload, parts) = await UploadAsync("wrong size", ChecksumType.FULL_OBJECT);

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => upload.CompleteAsync(parts, request => request.MpuObjectSize = 5));

        Assert.Equal("InvalidRequest", refusal.ErrorCode);
    }

    [Fact]
    public async Task If_None_Match_keeps_an_object_that_is_there()
    {
        await s3.PutAsync("there", "first");
        var (upload, parts) = await UploadAsync("there", ChecksumType.FULL_OBJECT);

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => upload.CompleteAsync(parts, request => request.IfNoneMatch = "*"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, refusal.StatusCode);
        Assert.Equal("first"u8.ToArray(), await s3.GetAsync("there"));

        _proxy.Aws!.ConditionalComplete = false;
        await upload.CompleteAsync(parts, request => request.IfNoneMatch = "*");
        Assert.Equal(Source.Length + Tail.Length, (await s3.GetAsync("there")).Length);
    }

    [Fact]
    public async Task An_error_may_come_with_200()
    {
        var (upload, parts) = await UploadAsync("error in 200", ChecksumType.FULL_OBJECT);
        _proxy.Faults.Add(new Fault(FaultKind.ErrorInOkAnswer) { Operations = ["CompleteMultipartUpload"] });

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => upload.CompleteAsync(parts));

        Assert.Equal("InternalError", error.ErrorCode);
        Assert.False(await s3.ExistsAsync("error in 200"));
    }

    private async Task<(MultipartClient Upload, IReadOnlyList<PartETag> Parts)> UploadAsync(string key, ChecksumType type)
    {
        var upload = await MultipartClient.CreateAsync(_client, s3.Bucket, key, type);
        var copy = await upload.CopyAsync(1, "source", 0, Source.Length);
        var part = await upload.UploadAsync(2, Tail, Crc(Tail));
        return (upload, [
            new PartETag(1, copy.ETag) { ChecksumCRC32 = copy.ChecksumCRC32 },
            new PartETag(2, part.ETag) { ChecksumCRC32 = part.ChecksumCRC32 },
        ]);
    }

    private static string Crc(ReadOnlySpan<byte> data) => Checksum.Encode(Crc32.HashToUInt32(data));

    private async Task<(string? Checksum, string? Type)> HeadAsync(string key)
    {
        var request = new GetObjectMetadataRequest { BucketName = s3.Bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED };
        var head = await _client.GetObjectMetadataAsync(request, TestContext.Current.CancellationToken);
        return (head.ChecksumCRC32, head.ChecksumType?.Value);
    }
}
