using System.Text;

namespace Archiver.Poller.Health;

/// <summary>What is looked at of a request over HTTP: its first line.</summary>
internal sealed record HealthRequest(string Method, string Path)
{
    /// <summary>Whether the head of a request is there to its end, the empty line.</summary>
    public static bool HasEnded(ReadOnlySpan<byte> received) => received.IndexOf("\r\n\r\n"u8) >= 0 || received.IndexOf("\n\n"u8) >= 0;

    /// <summary>Null if it is not an HTTP/1 request.</summary>
    public static HealthRequest? TryParse(ReadOnlySpan<byte> head)
    {
        var line = Encoding.Latin1.GetString(head[..Math.Max(0, head.IndexOf((byte)'\n'))]).TrimEnd('\r').Split(' ');
        return line is [{ Length: > 0 } method, var target, "HTTP/1.0" or "HTTP/1.1"] && PathOf(target) is { } path
            ? new HealthRequest(method, path)
            : null;
    }

    // Proxies name the whole URL.
    private static string? PathOf(string target) =>
        target.StartsWith('/') ? target.Split('?', '#')[0]
        : target.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(target, UriKind.Absolute, out var url)
            ? url.AbsolutePath
        : null;
}
