using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Archiver.Poller.Health;

/// <summary>A client that asks once: its request is read, answered, and the connection closed, all within a time and a size.</summary>
internal sealed class HealthConnection(Socket socket, HealthPages pages, TimeProvider time) : IDisposable
{
    /// <summary>How long a client has, from its connection to its having read the answer.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    /// <summary>The largest head of a request.</summary>
    public const int LargestHead = 8 << 10;

    private const int MostReadsBehindTheHead = 16;

    public async Task ServeAsync()
    {
        using var limit = new CancellationTokenSource(Lifetime, time);
        var head = new byte[LargestHead];
        var length = 0;
        while (length < head.Length && !HealthRequest.HasEnded(head.AsSpan(0, length)))
        {
            var read = await socket.ReceiveAsync(head.AsMemory(length), limit.Token).ConfigureAwait(false);
            if (read == 0)
                return;
            length += read;
        }

        ReadOnlyMemory<byte> answer = Answer(head.AsSpan(0, length));
        while (answer.Length > 0)
            answer = answer[await socket.SendAsync(answer, limit.Token).ConfigureAwait(false)..];
        socket.Shutdown(SocketShutdown.Send);
        // A body, say: closing a connection with unread bytes would discard the answer.
        for (var reads = 0; reads < MostReadsBehindTheHead
            && await socket.ReceiveAsync(head, limit.Token).ConfigureAwait(false) > 0; reads++)
        {
        }
    }

    public void Dispose() => socket.Dispose();

    private byte[] Answer(ReadOnlySpan<byte> head)
    {
        if (!HealthRequest.HasEnded(head))
            return Bytes(HealthPages.HeadTooLarge);
        return HealthRequest.TryParse(head) is { } request
            ? Bytes(pages.Answer(request.Method, request.Path), request.Method != "HEAD")
            : Bytes(HealthPages.NoRequest);
    }

    private byte[] Bytes(HealthPage page, bool withBody = true)
    {
        var body = Encoding.UTF8.GetBytes(page.Text);
        using var status = new HttpResponseMessage((HttpStatusCode)page.Status);
        var allow = page.Status == HealthPages.NotAllowed ? "Allow: GET, HEAD\r\n" : "";
        var head = string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {page.Status} {status.ReasonPhrase}\r\nDate: {time.GetUtcNow():R}\r\nContent-Type: {page.ContentType}\r\n"
            + $"Content-Length: {body.Length}\r\n{allow}Connection: close\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. withBody ? body : []];
    }
}
