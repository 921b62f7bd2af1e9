using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using Amazon.S3;
using Amazon.S3.Model;
using Archiver.Contract;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// Transfers content to and from S3 by plain HTTP requests to URLs that the SDK signs. The SDK's own transfers cost 5 to 25 times the CPU.
/// </summary>
internal sealed class S3Bodies(IAmazonS3 client, Retry retry, AdaptivePace pace) : IDisposable
{
    // A connection without data for this long is closed, and the range or part retried.
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(60);
    // The slowest upload worth waiting for, in bytes per second.
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

    private readonly S3Links _links = new(client);

    /// <summary>Fills the target with a range of an object, which must still be the version with this ETag.</summary>
    public Task GetRangeAsync(SourceObject source, long offset, Memory<byte> target, CancellationToken cancellationToken) => TryAsync(
        async token =>
        {
            var range = new S3Range(offset, target.Length, source.ETag, source.Size);
            using var body = await OpenAsync(source.Address, range, token).ConfigureAwait(false);
            for (var done = 0; done < target.Length;)
                done += await body.ReadAsync(target[done..], token).ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Runs an operation, and retries it if it fails in a way that may be temporary.</summary>
    public Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> operation, CancellationToken cancellationToken) =>
        retry.RunAsync(operation, IsTransient, cancellationToken);

    /// <summary>Requests a range of an object once, and leaves its bytes to be read.</summary>
    public Task<S3OpenBody> OpenAsync(ObjectAddress address, S3Range range, CancellationToken cancellationToken) =>
        PacedAsync(() => OpenOnceAsync(address, range, cancellationToken), cancellationToken);

    /// <summary>Puts a body to a signed request: an object or a part of one.</summary>
    /// <param name="request">What to sign; the checksum is added to it.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="crc">Their CRC-32, which S3 verifies.</param>
    /// <param name="condition">A header such as If-None-Match, or null.</param>
    /// <param name="cancellationToken">Cancels the retries too.</param>
    /// <returns>The ETag as the server returned it, with quotes.</returns>
    public Task<string> PutAsync(
        GetPreSignedUrlRequest request, S3Body body, uint crc, (string Name, string Value)? condition,
        CancellationToken cancellationToken) =>
        TryAsync(token => PacedAsync(() => PutOnceAsync(request, body, crc, condition, token), token), cancellationToken);

    /// <summary>Sends a signed request without a body, all of whose headers are signed, and returns the text of the response.</summary>
    /// <param name="request">What to sign.</param>
    /// <param name="patience">How long to wait for the response, on top of the usual timeout.</param>
    /// <param name="cancellationToken">Cancels the retries too.</param>
    public Task<string> PutEmptyAsync(GetPreSignedUrlRequest request, TimeSpan patience, CancellationToken cancellationToken) =>
        TryAsync(token => PacedAsync(() => PutEmptyOnceAsync(request, StallTimeout + patience, token), token), cancellationToken);

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

    private async Task<S3OpenBody> OpenOnceAsync(ObjectAddress address, S3Range range, CancellationToken cancellationToken)
    {
        using var stall = new StallGuard(StallTimeout, cancellationToken);
        HttpResponseMessage? answer = null;
        try
        {
            var signed = new GetPreSignedUrlRequest { BucketName = address.Bucket, Key = address.Key, Verb = HttpVerb.GET };
            using var request = new HttpRequestMessage(HttpMethod.Get, await _links.SignAsync(signed).ConfigureAwait(false));
            range.AskFor(request);
            answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
                throw range.SaysChanged(answer.StatusCode)
                    ? StoreErrors.Changed(address, $"the server answered {(int)answer.StatusCode}")
                    : await S3BodyException.FromAsync(answer, stall.Token).ConfigureAwait(false);
            return new S3OpenBody(answer, ETagOf(answer), range.CheckedLength(address, answer, ETagOf(answer)), StallTimeout);
        }
        catch (Exception error)
        {
            answer?.Dispose();
            if (error is OperationCanceledException && stall.HasStalled)
                throw new TimeoutException($"no data arrived for {StallTimeout.TotalSeconds} s", error);
            throw;
        }
    }

    // As it was sent: HttpClient itself parses only ETags in quotes.
    private static string ETagOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("ETag", out var values) && values.FirstOrDefault() is { Length: > 0 } etag
            ? etag
            : throw new S3BodyException(new S3Answer(answer.StatusCode, null, "no ETag"));

    private async Task<string> PutOnceAsync(
        GetPreSignedUrlRequest request, S3Body body, uint crc, (string Name, string Value)? condition, CancellationToken cancellationToken)
    {
        var patience = StallTimeout + TimeSpan.FromSeconds((double)body.Length / SlowestUpload);
        using var stall = new StallGuard(patience, cancellationToken);
        try
        {
            // An x-amz header must be signed, or the answer is 403.
            request.Headers["x-amz-checksum-crc32"] = S3Checksums.Encode(crc);
            using var message = new HttpRequestMessage(HttpMethod.Put, await _links.SignAsync(request).ConfigureAwait(false));
            message.Content = body.Content();
            message.Headers.TryAddWithoutValidation("x-amz-checksum-crc32", S3Checksums.Encode(crc));
            if (request.ContentType is { } contentType)
                message.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
            if (condition is var (name, value))
                message.Headers.TryAddWithoutValidation(name, value);
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
            if (!answer.IsSuccessStatusCode)
                throw await S3BodyException.FromAsync(answer, stall.Token).ConfigureAwait(false);
            return ETagOf(answer);
        }
        catch (HttpRequestException error) when (error.InnerException is ArchiverException source)
        {
            // The source of a streamed body could not be read, which is not the fault of this connection.
            ExceptionDispatchInfo.Throw(source);
            throw;
        }
        catch (OperationCanceledException) when (stall.HasStalled)
        {
            throw new TimeoutException($"the upload did not finish within {patience.TotalSeconds:0} s");
        }
    }

    private async Task<string> PutEmptyOnceAsync(GetPreSignedUrlRequest request, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var stall = new StallGuard(patience, cancellationToken);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Put, await _links.SignAsync(request).ConfigureAwait(false));
            // Without a content type, which some servers reject with an empty body.
            message.Content = new ByteArrayContent([]);
            foreach (var name in request.Headers.Keys)
                message.Headers.TryAddWithoutValidation(name, request.Headers[name]);
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
            var text = await answer.Content.ReadAsStringAsync(stall.Token).ConfigureAwait(false);
            // A long operation is answered with 200 before it is done, and may still fail.
            return answer.IsSuccessStatusCode && !text.Contains("<Error>", StringComparison.Ordinal)
                ? text
                : throw new S3BodyException(S3Answer.Read(answer.StatusCode, text, answer.Headers));
        }
        catch (OperationCanceledException) when (stall.HasStalled)
        {
            throw new TimeoutException($"there was no response within {patience.TotalSeconds:0} s");
        }
    }
}
