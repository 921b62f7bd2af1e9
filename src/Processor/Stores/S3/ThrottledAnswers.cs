using System.Net;
using Amazon.Runtime;

namespace Archiver.Processor.Stores.S3;

/// <summary>Shows 429 to the SDK as 503: S3 itself throttles with 503, which the SDK tries again, and other servers with 429, which it does not.</summary>
internal sealed class ThrottledAnswers : HttpClientFactory
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
            return answer;
        }
    }
}
