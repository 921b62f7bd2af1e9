using System.IO.Hashing;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.EndToEnd.Support;

public sealed class AwsBehavioursTests(S3Fixture s3) : IClassFixture<S3Fixture>, IAsyncLifetime
{
    private static readonly byte[] Source = Some.Bytes(12 * Some.Mebibyte);

    private FaultProxy _proxy = null!;
    private AmazonS3Client _client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _proxy = await s3.StartProxyAsync();
        _client = S3Fixture.ClientFor(_proxy.Url, retries: 0);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _proxy.DisposeAsync();
    }

    [Fact]
    public async Task A_part_copy_answers_with_the_checksum_of_its_range()
    {
        await s3.PutAsync("folder/source é.bin", Source);
        var upload = await CreateAsync("copy", ChecksumType.FULL_OBJECT);

        var copy = await upload.CopyAsync(1, "folder/source é.bin", 3, Some.Mebibyte * 6L);

        Assert.Equal(Checksum.Encode(Crc32.HashToUInt32(Source.AsSpan(3, 6 * Some.Mebibyte))), copy.ChecksumCRC32);
    }

    [Fact]
    public async Task A_part_copy_answers_with_none_when_that_is_off_or_the_upload_has_none()
    {
        await s3.PutAsync("source", Source);
        var plain = await CreateAsync("plain");
        Assert.Null((await plain.CopyAsync(1, "source", 0, Source.Length)).ChecksumCRC32);

        var upload = await CreateAsync("off", ChecksumType.FULL_OBJECT);
        _proxy.Aws!.CopyPartChecksums = false;
        Assert.Null((await upload.CopyAsync(1, "source", 0, Source.Length)).ChecksumCRC32);
    }

    [Fact]
    public async Task A_list_of_parts_tells_their_checksums()
    {
        await s3.PutAsync("source", Source);
        var upload = await CreateAsync("listed", ChecksumType.FULL_OBJECT);
        await upload.CopyAsync(1, "source", 0, Source.Length);
        await upload.UploadAsync(2, Source, Checksum.Encode(Crc32.HashToUInt32(Source)));

        var listed = await _client.ListPartsAsync(s3.Bucket, "listed", upload.Id, Cancel);

        Assert.All(listed.Parts, static part => Assert.Equal(Checksum.Encode(Crc32.HashToUInt32(Source)), part.ChecksumCRC32));
        Assert.Equal(2, listed.Parts.Count);

        _proxy.Aws!.ListedChecksums = false;
        Assert.All((await _client.ListPartsAsync(s3.Bucket, "listed", upload.Id, Cancel)).Parts, static part => Assert.Null(part.ChecksumCRC32));
    }

    [Fact]
    public async Task A_wrong_checksum_can_be_answered()
    {
        await s3.PutAsync("source", Source);
        var upload = await CreateAsync("wrong", ChecksumType.FULL_OBJECT);
        _proxy.Faults.Add(new Fault(FaultKind.WrongChecksum) { Operations = ["UploadPartCopy"] });

        var copy = await upload.CopyAsync(1, "source", 0, Source.Length);

        Assert.NotEqual(Checksum.Encode(Crc32.HashToUInt32(Source)), copy.ChecksumCRC32);
        Assert.NotNull(Checksum.Decode(copy.ChecksumCRC32));
    }

    [Fact]
    public async Task A_part_copy_from_a_changed_source_is_refused()
    {
        var etag = await s3.PutAsync("changing", Source);
        var upload = await CreateAsync("pinned", ChecksumType.FULL_OBJECT);

        await upload.CopyAsync(1, "changing", 0, 6 * Some.Mebibyte, etag);
        await s3.PutAsync("changing", Some.Bytes(12 * Some.Mebibyte, seed: 2));
        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => upload.CopyAsync(2, "changing", 0, 6 * Some.Mebibyte, etag));

        Assert.Equal((HttpStatusCode.PreconditionFailed, "PreconditionFailed"), (refusal.StatusCode, refusal.ErrorCode));
    }

    [Fact]
    public async Task A_range_of_a_small_source_cannot_be_copied()
    {
        await s3.PutAsync("small", Some.Bytes(5 * Some.Mebibyte));
        var upload = await CreateAsync("of small", ChecksumType.FULL_OBJECT);

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => upload.CopyAsync(1, "small", 0, 100));

        Assert.Equal("InvalidRequest", refusal.ErrorCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_part_whose_checksum_is_not_that_of_its_body_is_refused_and_not_stored(bool inChunks)
    {
        var upload = await CreateAsync("parts", ChecksumType.FULL_OBJECT);
        var right = Checksum.Encode(Crc32.HashToUInt32(Source));

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => upload.UploadAsync(1, Source, Checksum.Encode(1), inChunks));
        var none = await s3.Client.ListPartsAsync(s3.Bucket, "parts", upload.Id, Cancel);
        var part = await upload.UploadAsync(1, Source, right, inChunks);

        Assert.Equal((HttpStatusCode.BadRequest, "BadDigest"), (refusal.StatusCode, refusal.ErrorCode));
        Assert.Null(none.Parts);
        Assert.Equal(right, part.ChecksumCRC32);
    }

    [Fact]
    public async Task A_part_must_have_a_checksum_if_the_upload_is_COMPOSITE_and_none_if_it_has_none()
    {
        var composite = await CreateAsync("composite", ChecksumType.COMPOSITE);
        var plain = await CreateAsync("plain");

        var first = await Assert.ThrowsAsync<AmazonS3Exception>(() => composite.UploadAsync(1, Source));
        var second = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => plain.UploadAsync(1, Source, Checksum.Encode(Crc32.HashToUInt32(Source))));

        Assert.Equal(("InvalidRequest", "InvalidRequest"), (first.ErrorCode, second.ErrorCode));
    }

    [Fact]
    public async Task An_object_put_with_a_checksum_keeps_it()
    {
        var checksum = Checksum.Encode(Crc32.HashToUInt32("content"u8));
        await _client.PutObjectAsync(new() { BucketName = s3.Bucket, Key = "kept", ContentBody = "content", ChecksumCRC32 = checksum }, Cancel);
        await s3.PutAsync("without", "content");

        Assert.Equal((checksum, "FULL_OBJECT"), await HeadAsync("kept"));
        Assert.Equal((null, null), await HeadAsync("without"));

        _proxy.Aws!.MarkFullObjectCrc32(s3.Bucket, "without", 7);
        Assert.Equal((Checksum.Encode(7), "FULL_OBJECT"), await HeadAsync("without"));
    }

    private Task<MultipartClient> CreateAsync(string key, ChecksumType? type = null) =>
        MultipartClient.CreateAsync(_client, s3.Bucket, key, type);

    private async Task<(string? Checksum, string? Type)> HeadAsync(string key)
    {
        var head = await _client.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = s3.Bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED }, Cancel);
        return (head.ChecksumCRC32, head.ChecksumType?.Value);
    }
}
