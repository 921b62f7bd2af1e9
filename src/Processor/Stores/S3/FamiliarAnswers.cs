using System.Net;
using Amazon.Runtime;

namespace Archiver.Processor.Stores.S3;

/// <summary>
/// Shows the SDK some answers as others. 429 as 503: S3 itself throttles with 503, which the SDK tries again, and other servers with 429, which it does
/// not. 307 as 302 where it leads elsewhere than to AWS: the SDK follows S3's own redirects, and throws at the sight of any other.
/// </summary>
internal sealed class FamiliarAnswers : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } }) { Timeout = TimeSpan.FromMinutes(2) };

    private sealed class Handler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                answer.StatusCode = HttpStatusCode.ServiceUnavailable;
            if (answer.StatusCode == HttpStatusCode.TemporaryRedirect && answer.Headers.Location?.ToString().Contains(".amazonaws.com", StringComparison.OrdinalIgnoreCase) != true)
                answer.StatusCode = HttpStatusCode.Found;
            return answer;
        }
    }
}
