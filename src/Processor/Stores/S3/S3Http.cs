using System.Net;
using Amazon.Runtime;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// The SDK's HTTP client. It paces requests itself, because the SDK's own limiter fails requests when many wait for it. Bodies are sent
/// without waiting for 100 Continue: they are small, and a server that refuses a request before its body has arrived may take the body for
/// the next request. Some statuses are translated. 429 becomes 503: S3 throttles with 503, which the SDK retries, but other servers with
/// 429, which it does not. A 307 that leads away from AWS becomes 302: the SDK follows S3's own redirects and throws on any other.
/// </summary>
internal sealed class S3Http(AdaptivePace pace) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler(pace) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } })
        {
            Timeout = TimeSpan.FromMinutes(2),
        };

    private sealed class Handler(AdaptivePace pace) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.ExpectContinue = false;
            await pace.WaitAsync(cancellationToken).ConfigureAwait(false);
            var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                answer.StatusCode = HttpStatusCode.ServiceUnavailable;
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                pace.Throttled();
            else
                pace.Served();
            if (answer.StatusCode == HttpStatusCode.TemporaryRedirect
                && answer.Headers.Location?.ToString().Contains(".amazonaws.com", StringComparison.OrdinalIgnoreCase) != true)
                answer.StatusCode = HttpStatusCode.Found;
            return answer;
        }
    }
}
