using System.Diagnostics;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Archiver.EndToEnd.Support;

public class FaultProxyTests(S3Fixture s3) : IClassFixture<S3Fixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain.txt")]
    [InlineData("a b+c%2Fd&e=f~(g)!'*,;:@$ é漢😀.txt")]
    public async Task Signatures_hold_through_the_proxy(string key)
    {
        await using var proxy = await s3.StartProxyAsync();
        using var client = S3Fixture.ClientFor(proxy.Url, retries: 0);

        await client.PutObjectAsync(new PutObjectRequest { BucketName = s3.Bucket, Key = key, ContentBody = "content" }, Cancel);
        var presigned = await client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = s3.Bucket,
            Key = key,
            Protocol = Protocol.HTTP,
            Expires = DateTime.UtcNow.AddMinutes(5),
        });
        using var http = new HttpClient();

        Assert.Equal("content", await http.GetStringAsync(new Uri(presigned), Cancel));
        Assert.Equal("content"u8.ToArray(), await s3.GetAsync(key));
    }

    [Fact]
    public async Task Requests_and_bytes_are_counted()
    {
        var content = Some.Bytes(3 * Some.Mebibyte);
        await s3.PutAsync("counted", content);
        await using var proxy = await s3.StartProxyAsync();
        using var client = S3Fixture.ClientFor(proxy.Url, retries: 0);

        await ReadAsync(client, "counted");
        await ReadAsync(client, "counted");
        using var body = new MemoryStream(content);
        await client.PutObjectAsync(new() { BucketName = s3.Bucket, Key = "counted", InputStream = body, UseChunkEncoding = false }, Cancel);

        Assert.Equal((2, 2L * content.Length), (proxy.Counters["GetObject"].Requests, proxy.Counters["GetObject"].BytesOut));
        Assert.Equal((1, content.Length), (proxy.Counters["PutObject"].Requests, proxy.Counters["PutObject"].BytesIn));
        Assert.Equal(3, proxy.Counters.Total.Requests);
        Assert.Equal(0, proxy.Counters["DeleteObject"].Requests);
    }

    [Theory]
    [InlineData(FaultKind.InternalError, HttpStatusCode.InternalServerError, "InternalError")]
    [InlineData(FaultKind.SlowDown, HttpStatusCode.ServiceUnavailable, "SlowDown")]
    [InlineData(FaultKind.TooManyRequests, HttpStatusCode.TooManyRequests, "TooManyRequests")]
    public async Task An_error_is_answered_in_the_words_of_S3(FaultKind kind, HttpStatusCode status, string code)
    {
        await using var proxy = await s3.StartProxyAsync();
        proxy.Faults.Add(new Fault(kind));
        using var client = S3Fixture.ClientFor(proxy.Url, retries: 0);

        var error = await Assert.ThrowsAsync<AmazonS3Exception>(() => client.ListObjectsV2Async(new() { BucketName = s3.Bucket }, Cancel));

        Assert.Equal((status, code), (error.StatusCode, error.ErrorCode));
        Assert.Equal(1, proxy.Counters[kind]);
    }

    [Fact]
    public async Task A_reset_breaks_the_connection()
    {
        await using var proxy = await s3.StartProxyAsync();
        proxy.Faults.Add(new Fault(FaultKind.Reset));
        using var client = S3Fixture.ClientFor(proxy.Url, retries: 0);

        await Assert.ThrowsAnyAsync<Exception>(() => client.ListObjectsV2Async(new() { BucketName = s3.Bucket }, Cancel));

        Assert.InRange(proxy.Counters[FaultKind.Reset], 1, 100);
    }

    [Fact]
    public async Task A_lost_answer_is_that_of_a_request_that_was_carried_out()
    {
        await using var proxy = await s3.StartProxyAsync();
        proxy.Faults.Add(new Fault(FaultKind.AnswerLost) { Operations = ["PutObject"] });
        using var client = S3Fixture.ClientFor(proxy.Url, retries: 0);

        await Assert.ThrowsAnyAsync<Exception>(
            () => client.PutObjectAsync(new() { BucketName = s3.Bucket, Key = "carried out", ContentBody = "x" }, Cancel));

        Assert.True(await s3.ExistsAsync("carried out"));
    }

    [Fact]
    public async Task A_download_that_is_cut_short_ends_halfway()
    {
        var content = Some.Bytes(Some.Mebibyte);
        await s3.PutAsync("cut", content);
        await using var proxy = await s3.StartProxyAsync();
        proxy.Faults.Add(new Fault(FaultKind.CutShort) { Operations = ["GetObject"] });
        using var client = S3Fixture.ClientFor(proxy.Url, retries: 0);

        var error = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(client, "cut"));

        Assert.True(error is IOException or AmazonClientException, error.ToString());
        Assert.Equal(content.Length / 2, proxy.Counters["GetObject"].BytesOut);
    }

    [Fact]
    public async Task An_upload_that_is_cut_short_stores_nothing()
    {
        await using var proxy = await s3.StartProxyAsync();
        proxy.Faults.Add(new Fault(FaultKind.CutShort) { Operations = ["PutObject"] });
        using var client = S3Fixture.ClientFor(proxy.Url, retries: 0);
        using var body = new MemoryStream(Some.Bytes(Some.Mebibyte));

        await Assert.ThrowsAnyAsync<Exception>(
            () => client.PutObjectAsync(new() { BucketName = s3.Bucket, Key = "half", InputStream = body }, Cancel));

        Assert.False(await s3.ExistsAsync("half"));
    }

    [Fact]
    public async Task A_delay_holds_a_request_back()
    {
        await using var proxy = await s3.StartProxyAsync();
        proxy.Faults.Add(new Fault(FaultKind.Delay) { Delay = TimeSpan.FromMilliseconds(300) });
        using var client = S3Fixture.ClientFor(proxy.Url, retries: 0);
        var clock = Stopwatch.StartNew();

        await client.ListObjectsV2Async(new() { BucketName = s3.Bucket }, Cancel);

        Assert.InRange(clock.ElapsedMilliseconds, 290, 30_000);
    }

    [Fact]
    public async Task Faults_strike_at_their_rate_and_again_with_the_same_seed()
    {
        await s3.PutAsync("often", "content");

        var first = await StruckAsync(seed: 7);
        var again = await StruckAsync(seed: 7);
        var other = await StruckAsync(seed: 8);

        Assert.InRange(first.Count(struck => struck), 6, 30);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task Faults_strike_only_their_operations()
    {
        await s3.PutAsync("spared", "content");
        await using var proxy = await s3.StartProxyAsync();
        proxy.Faults.Add(new Fault(FaultKind.SlowDown) { Operations = ["PutObject", "HeadObject"] });
        using var client = S3Fixture.ClientFor(proxy.Url, retries: 0);

        await ReadAsync(client, "spared");
        await Assert.ThrowsAsync<AmazonS3Exception>(() => client.GetObjectMetadataAsync(s3.Bucket, "spared", Cancel));
    }

    [Fact]
    public async Task A_fault_can_wait_for_its_turn_and_end()
    {
        await s3.PutAsync("turn", "content");
        await using var proxy = await s3.StartProxyAsync();
        proxy.Faults.Add(new Fault(FaultKind.InternalError) { After = 1, Times = 1 });
        using var client = S3Fixture.ClientFor(proxy.Url, retries: 0);

        await ReadAsync(client, "turn");
        await Assert.ThrowsAsync<AmazonS3Exception>(() => ReadAsync(client, "turn"));
        await ReadAsync(client, "turn");
    }

    private async Task<IReadOnlyList<bool>> StruckAsync(int seed)
    {
        await using var proxy = await s3.StartProxyAsync(seed);
        proxy.Faults.Add(new Fault(FaultKind.InternalError) { Rate = 0.3 });
        using var client = S3Fixture.ClientFor(proxy.Url, retries: 0);
        var struck = new List<bool>();
        for (var i = 0; i < 60; i++)
            struck.Add(await Record.ExceptionAsync(() => ReadAsync(client, "often")) is not null);
        Assert.Equal(struck.Count(yes => yes), proxy.Counters[FaultKind.InternalError]);
        return struck;
    }

    private async Task ReadAsync(AmazonS3Client client, string key)
    {
        using var response = await client.GetObjectAsync(s3.Bucket, key, Cancel);
        await response.ResponseStream.CopyToAsync(Stream.Null, Cancel);
    }
}
