using System.Net;
using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Contract;
using Archiver.Processor.Transfer;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// Bytes into and out of S3, by plain HTTP requests on URLs that the SDK signs. The SDK's own body paths cost 5 to 25 times the CPU.
/// </summary>
internal sealed class S3Bodies(IAmazonS3 client, Retry retry, AdaptivePace pace) : IDisposable
{
    // A link is used at once; this only has to outlast one transfer and a clock that is somewhat off.
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(1);
    // A connection that brings nothing for so long is given up and the range or part tried again.
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(60);
    // The slowest upload worth waiting for, bytes a second.
    private const int SlowestUpload = 64 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(15),
        ConnectTimeout = TimeSpan.FromSeconds(10),
        UseCookies = false,
        AllowAutoRedirect = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly Protocol _protocol =
        client.Config.ServiceURL?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true ? Protocol.HTTP : Protocol.HTTPS;

    /// <summary>Fills the target with a range of an object, which must still be the version with this ETag.</summary>
    public Task GetRangeAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken) =>
        retry.RunAsync(token => PacedAsync(() => GetOnceAsync(source, offset, target, token), token), IsTransient, cancellationToken);

    /// <summary>Puts a body to a signed request: an object or a part of one.</summary>
    /// <param name="request">What to sign; the checksum is added to it.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="crc">Their CRC-32, which S3 holds them against.</param>
    /// <param name="condition">A header such as If-None-Match, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The ETag, with quotes, as the server gave it.</returns>
    public Task<string> PutAsync(
        GetPreSignedUrlRequest request, S3Body body, uint crc, (string Name, string Value)? condition, CancellationToken cancellationToken) =>
        retry.RunAsync(token => PacedAsync(() => PutOnceAsync(request, body, crc, condition, token), token), IsTransient, cancellationToken);

    /// <summary>Sends a signed request without a body, all of whose headers are signed, and gives the text of the answer.</summary>
    /// <param name="request">What to sign.</param>
    /// <param name="patience">How long to wait for the answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<string> PutEmptyAsync(GetPreSignedUrlRequest request, TimeSpan patience, CancellationToken cancellationToken) =>
        retry.RunAsync(token => PacedAsync(() => PutEmptyOnceAsync(request, StallTimeout + patience, token), token), IsTransient, cancellationToken);

    public void Dispose() => _http.Dispose();

    private static bool IsTransient(Exception error) => error switch
    {
        S3BodyException answer => answer.IsTransient,
        HttpRequestException or IOException or TimeoutException => true,
        _ => false,
    };

    private async Task<T> PacedAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        await pace.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = await send().ConfigureAwait(false);
            pace.Served();
            return answer;
        }
        catch (S3BodyException error) when (error.IsThrottling)
        {
            pace.Throttled();
            throw;
        }
    }

    private async Task<bool> GetOnceAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken)
    {
        using var stall = new StallGuard(StallTimeout, cancellationToken);
        try
        {
            var link = await client.GetPreSignedURLAsync(Sign(new GetPreSignedUrlRequest
            {
                BucketName = source.Address.Bucket,
                Key = source.Address.Key,
                Verb = HttpVerb.GET,
            })).ConfigureAwait(false);
            using var request = new HttpRequestMessage(HttpMethod.Get, Exact(link));
            request.Headers.Range = new RangeHeaderValue(offset, offset + target.Length - 1);
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{source.ETag}\"");
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed or HttpStatusCode.RequestedRangeNotSatisfiable)
                throw StoreErrors.Changed(source.Address, $"the server answers {(int)answer.StatusCode}");
            if (!answer.IsSuccessStatusCode)
                throw await S3BodyException.FromAsync(answer, stall.Token).ConfigureAwait(false);
            CheckVersion(source, answer);
            await FillAsync(answer, target, stall).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (stall.HasStalled)
        {
            throw new TimeoutException($"nothing came for {StallTimeout.TotalSeconds} s");
        }
    }

    private static void CheckVersion(SourceObject source, HttpResponseMessage answer)
    {
        if (answer.Headers.ETag is { } etag && etag.Tag.Trim('"') != source.ETag)
            throw StoreErrors.Changed(source.Address, "its ETag");
        var size = answer.Content.Headers.ContentRange?.Length ?? answer.Content.Headers.ContentLength;
        if (size is not null && size != source.Size)
            throw StoreErrors.Changed(source.Address, $"it has {size} bytes instead of {source.Size}");
    }

    private static async Task FillAsync(HttpResponseMessage answer, Memory<byte> target, StallGuard stall)
    {
        var stream = await answer.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            for (var done = 0; done < target.Length;)
            {
                var read = await stream.ReadAsync(target[done..], stall.Token).ConfigureAwait(false);
                if (read == 0)
                    throw new IOException($"the body ended after {done} of {target.Length} bytes");
                done += read;
                stall.Reset();
            }
        }
    }

    private async Task<string> PutOnceAsync(
        GetPreSignedUrlRequest request, S3Body body, uint crc, (string Name, string Value)? condition, CancellationToken cancellationToken)
    {
        var patience = StallTimeout + TimeSpan.FromSeconds((double)body.Length / SlowestUpload);
        using var stall = new StallGuard(patience, cancellationToken);
        try
        {
            // An x-amz header must be signed, else it is answered 403.
            request.Headers["x-amz-checksum-crc32"] = S3Checksums.Encode(crc);
            var link = await client.GetPreSignedURLAsync(Sign(request)).ConfigureAwait(false);
            using var message = new HttpRequestMessage(HttpMethod.Put, Exact(link)) { Content = body.Content() };
            message.Headers.TryAddWithoutValidation("x-amz-checksum-crc32", S3Checksums.Encode(crc));
            if (request.ContentType is { } contentType)
                message.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
            if (condition is var (name, value))
                message.Headers.TryAddWithoutValidation(name, value);
            using var answer = await _http.SendAsync(message, stall.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
                throw await S3BodyException.FromAsync(answer, stall.Token).ConfigureAwait(false);
            return answer.Headers.ETag?.ToString() ?? "";
        }
        catch (HttpRequestException error) when (error.InnerException is ArchiverException source)
        {
            // A streamed body could not be read: that is not this connection's fault.
            ExceptionDispatchInfo.Throw(source);
            throw;
        }
        catch (OperationCanceledException) when (stall.HasStalled)
        {
            throw new TimeoutException($"the upload did not end within {patience.TotalSeconds:0} s");
        }
    }

    private async Task<string> PutEmptyOnceAsync(GetPreSignedUrlRequest request, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var stall = new StallGuard(patience, cancellationToken);
        try
        {
            var link = await client.GetPreSignedURLAsync(Sign(request)).ConfigureAwait(false);
            // The SDK would give the empty body a content type, which some servers object to.
            using var message = new HttpRequestMessage(HttpMethod.Put, Exact(link)) { Content = new ByteArrayContent([]) };
            foreach (var name in request.Headers.Keys)
                message.Headers.TryAddWithoutValidation(name, request.Headers[name]);
            using var answer = await _http.SendAsync(message, stall.Token).ConfigureAwait(false);
            var text = await answer.Content.ReadAsStringAsync(stall.Token).ConfigureAwait(false);
            // What takes long is answered 200 before it is done, and may still fail.
            return answer.IsSuccessStatusCode && !text.Contains("<Error>", StringComparison.Ordinal) ? text : throw S3BodyException.From(answer.StatusCode, text);
        }
        catch (OperationCanceledException) when (stall.HasStalled)
        {
            throw new TimeoutException($"no answer came within {patience.TotalSeconds:0} s");
        }
    }

    private GetPreSignedUrlRequest Sign(GetPreSignedUrlRequest request)
    {
        request.Protocol = _protocol;
        request.Expires = DateTime.UtcNow + LinkLifetime;
        return request;
    }

    // Keys such as "a/../b" are signed as they are and must be sent as they are.
    private static Uri Exact(string link) => new(link, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
