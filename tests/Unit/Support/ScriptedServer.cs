using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Archiver.Tests.Support;

/// <summary>Answers HTTP requests with exactly the bytes that a test gives it, and keeps what came, as it came.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<ScriptedRequest> _requests = [];
    private readonly Func<ScriptedRequest, string?> _answer;
    private readonly Task _loop;

    /// <param name="answer">Null: the connection is closed instead.</param>
    public ScriptedServer(Func<ScriptedRequest, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public IReadOnlyList<ScriptedRequest> Requests
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    /// <summary>An answer with a body, whose length is told.</summary>
    public static string Answer(string status, string body = "", params string[] headers) =>
        $"HTTP/1.1 {status}\r\n{string.Concat(headers.Select(static header => header + "\r\n"))}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    /// <summary>An error of S3.</summary>
    public static string Error(string status, string code, string message = "no", string more = "") =>
        Answer(status, $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message>{more}</Error>", "Content-Type: application/xml");

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _loop;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
            try
            {
                var stream = client.GetStream();
                while (await ReadAsync(stream) is { } request && _answer(request) is { } answer)
                {
                    // A HEAD's answer has no body.
                    var sent = request.Method == "HEAD" ? answer[..(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)] : answer;
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(sent), _end.Token);
                    var head = answer.Split("\r\n\r\n")[0];
                    if (head.Contains("\r\nConnection: close", StringComparison.Ordinal) || !head.Contains("\r\nContent-Length:", StringComparison.Ordinal))
                        return;
                }
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The client has gone, or the test is over.
            }
    }

    private async Task<ScriptedRequest?> ReadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!head.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
                return null;
            head.Add(one[0]);
        }
        var lines = Encoding.UTF8.GetString([.. head]).TrimEnd().Split("\r\n");
        var headers = lines[1..].Select(static line => line.Split(": ", 2)).ToDictionary(static pair => pair[0], static pair => pair[^1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, _end.Token);
        var first = lines[0].Split(' ');
        var request = new ScriptedRequest(first[0], first[1], headers, body);
        lock (_lock)
            _requests.Add(request);
        return request;
    }
}

/// <summary>A request as it came.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Target">Path and query, as they were sent.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body.</param>
public sealed record ScriptedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<byte> Body)
{
    /// <summary>The path as it was sent.</summary>
    public string Path => Target.Split('?')[0];

    /// <summary>The query's parameters as they were sent.</summary>
    public IReadOnlyDictionary<string, string> Query => Target.Contains('?', StringComparison.Ordinal)
        ? Target[(Target.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&').Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair.Length > 1 ? pair[1] : "")
        : new Dictionary<string, string>();
}
