using System.Net;
using System.Text;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Serilog;

namespace Archiver.Poller.Health;

/// <summary>Answers those who watch the poller over HTTP: <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c>. On every address, to GET and HEAD.</summary>
internal sealed class HealthServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new() { IgnoreWriteExceptions = true };
    private readonly HealthPages _pages;
    private readonly ILogger _log;
    private readonly Task _loop;

    /// <exception cref="ArchiverException">Exit code 78: the port is in use.</exception>
    public HealthServer(int port, HealthPages pages, ILogger log)
    {
        (_pages, _log) = (pages, log);
        _listener.Prefixes.Add($"http://*:{port}/");
        try
        {
            _listener.Start();
        }
        catch (HttpListenerException error)
        {
            throw new ArchiverException(ExitCode.Config, $"Poller:HealthPort {port} cannot be listened on: {error.Message}.", error);
        }
        _loop = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop.ConfigureAwait(false);
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                // Not awaited: a client that reads slowly holds up nobody.
                _ = AnswerAsync(await _listener.GetContextAsync().ConfigureAwait(false));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The end of the poller, or of a connection.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            using var response = context.Response;
            var page = _pages.Answer(context.Request.HttpMethod, context.Request.Url?.AbsolutePath ?? "/");
            var body = Encoding.UTF8.GetBytes(page.Text);
            (response.StatusCode, response.ContentType, response.ContentLength64) = (page.Status, page.ContentType, body.Length);
            if (page.Status == HealthPages.NotAllowed)
                response.AddHeader("Allow", "GET, HEAD");
            if (context.Request.HttpMethod != "HEAD")
                await response.OutputStream.WriteAsync(body).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            _log.Debug("A request for health was not answered: {Reason}", error.Message);
        }
    }
}
