using System.Net;
using Amazon.Runtime;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// The SDK's way to the server. Requests keep the pace that the server bears: the SDK's own limiter gives up where many wait for it.
/// Bodies are sent without waiting for a 100 Continue: they are small, and a server that refuses one before it has come may take it for the
/// connection's next request. Some answers are shown as others: 429 as 503, since S3 throttles with 503, which the SDK tries again, and other
/// servers with 429, which it does not; 307 as 302 where it leads elsewhere than to AWS, since the SDK follows S3's own redirects and throws at any other.
/// </summary>
internal sealed class S3Http(AdaptivePace pace) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler(pace) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } }) { Timeout = TimeSpan.FromMinutes(2) };

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
            if (answer.StatusCode == HttpStatusCode.TemporaryRedirect && answer.Headers.Location?.ToString().Contains(".amazonaws.com", StringComparison.OrdinalIgnoreCase) != true)
                answer.StatusCode = HttpStatusCode.Found;
            return answer;
        }
    }
}
