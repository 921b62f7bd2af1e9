using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.EndToEnd.Support;

public class S3FixtureTests(S3Fixture s3) : IClassFixture<S3Fixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("folder/with space and + and %2F & é 漢.txt")]
    public async Task What_is_put_can_be_listed_and_got(string key)
    {
        var etag = await s3.PutAsync(key, "content");

        Assert.Equal("content"u8.ToArray(), await s3.GetAsync(key));
        Assert.Equal(etag, Assert.Single(await s3.ListAsync(key)).ETag);
        Assert.True(await s3.ExistsAsync(key));
        Assert.False(await s3.ExistsAsync(key + "?"));
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        var key = (await Endpoints.Credentials!.GetCredentialsAsync()).AccessKey;
        using var client = new AmazonS3Client(key, "wrong", (AmazonS3Config)s3.Client.Config);

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => client.ListObjectsV2Async(new() { BucketName = s3.Bucket }, Cancel));

        Assert.Equal(HttpStatusCode.Forbidden, refusal.StatusCode);
    }

    [Fact]
    public async Task An_upload_that_was_begun_is_listed_until_it_is_aborted()
    {
        var upload = await s3.Client.InitiateMultipartUploadAsync(s3.Bucket, "begun", Cancel);

        Assert.Equal(upload.UploadId, Assert.Single(await s3.ListUploadsAsync(), found => found.Key == "begun").UploadId);

        await s3.Client.AbortMultipartUploadAsync(s3.Bucket, "begun", upload.UploadId, Cancel);

        Assert.DoesNotContain(await s3.ListUploadsAsync(), found => found.Key == "begun");
    }

    [Fact]
    public async Task A_part_below_5_MiB_is_refused_unless_it_is_the_last()
    {
        var upload = await s3.Client.InitiateMultipartUploadAsync(s3.Bucket, "small", Cancel);
        var parts = new List<PartETag>();
        foreach (var number in (int[])[1, 2])
        {
            using var body = new MemoryStream(Some.Bytes(100));
            var request = new UploadPartRequest
            {
                BucketName = s3.Bucket,
                Key = "small",
                UploadId = upload.UploadId,
                PartNumber = number,
                InputStream = body,
            };
            parts.Add(new PartETag(number, (await s3.Client.UploadPartAsync(request, Cancel)).ETag));
        }

        var complete = new CompleteMultipartUploadRequest { BucketName = s3.Bucket, Key = "small", UploadId = upload.UploadId, PartETags = parts };
        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => s3.Client.CompleteMultipartUploadAsync(complete, Cancel));

        Assert.Equal("EntityTooSmall", refusal.ErrorCode);
    }
}
