using System.Text;
using Archiver.Poller.Health;

namespace Archiver.Tests.Poller.Health;

public sealed class HealthRequestTests
{
    [Theory]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/healthz")]
    [InlineData("GET /healthz HTTP/1.0\r\n\r\n", "GET", "/healthz")]
    [InlineData("HEAD /readyz?probe=1 HTTP/1.1\n\n", "HEAD", "/readyz")]
    [InlineData("GET http://archiver.example:8080/metrics?a=b HTTP/1.1\r\n\r\n", "GET", "/metrics")]
    [InlineData("BREW / HTTP/1.1\r\n\r\n", "BREW", "/")]
    public void Its_first_line_names_method_and_path(string head, string method, string path) =>
        Assert.Equal(new HealthRequest(method, path), HealthRequest.TryParse(Encoding.ASCII.GetBytes(head)));

    [Theory]
    [InlineData("\r\n\r\n")]
    [InlineData("GET\r\n\r\n")]
    [InlineData("GET /healthz\r\n\r\n")]
    [InlineData(" /healthz HTTP/1.1\r\n\r\n")]
    [InlineData("GET  /healthz HTTP/1.1\r\n\r\n")]
    [InlineData("GET healthz HTTP/1.1\r\n\r\n")]
    [InlineData("GET ftp://a/healthz HTTP/1.1\r\n\r\n")]
    [InlineData("GET http:// HTTP/1.1\r\n\r\n")]
    [InlineData("GET /healthz HTTP/2\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\n")]
    [InlineData("\x16\x03\x01\n\n")]
    public void What_is_not_HTTP_1_is_no_request(string head) => Assert.Null(HealthRequest.TryParse(Encoding.Latin1.GetBytes(head)));

    [Theory]
    [InlineData("", false)]
    [InlineData("GET / HTTP/1.1\r\n", false)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r", false)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n\r\n", true)]
    [InlineData("GET / HTTP/1.1\n\n", true)]
    public void Its_head_ends_with_an_empty_line(string received, bool ended) => Assert.Equal(ended, HealthRequest.HasEnded(Encoding.ASCII.GetBytes(received)));
}
