using System.Net;
using System.Text;

namespace Archiver.EndToEnd.Support;

/// <summary>Answers every request with the same error of S3, or of something in between; a HEAD without the body that names it, as S3 does.</summary>
public sealed class RefusingServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly HttpStatusCode _status;
    private readonly string _contentType;
    private readonly byte[] _body;
    private readonly Task _loop;

    public RefusingServer(HttpStatusCode status, string code)
        : this(status, "application/xml", $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>no</Message></Error>")
    {
    }

    /// <summary>One that is no S3 server.</summary>
    public RefusingServer(HttpStatusCode status, string contentType, string body)
    {
        (_listener, Url) = LocalListener.Start();
        (_status, _contentType, _body) = (status, contentType, Encoding.UTF8.GetBytes(body));
        _loop = ServeAsync();
    }

    public string Url { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
    }

    private async Task ServeAsync()
    {
        while (await LocalListener.NextAsync(_listener) is { } context)
        {
            using var response = context.Response;
            await context.Request.InputStream.CopyToAsync(Stream.Null);
            (response.StatusCode, response.ContentType) = ((int)_status, _contentType);
            if (context.Request.HttpMethod != "HEAD")
                await response.OutputStream.WriteAsync(_body);
        }
    }
}
