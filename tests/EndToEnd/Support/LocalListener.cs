using System.Net;
using System.Net.Sockets;

namespace Archiver.EndToEnd.Support;

/// <summary>HTTP listeners on free ports of this machine.</summary>
internal static class LocalListener
{
    public static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public static (HttpListener Listener, string Url) Start()
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var listener = new HttpListener { IgnoreWriteExceptions = true };
        listener.Prefixes.Add(url + "/");
        listener.Start();
        return (listener, url);
    }

    /// <summary>Null at the listener's end.</summary>
    public static async Task<HttpListenerContext?> NextAsync(HttpListener listener)
    {
        try
        {
            return await listener.GetContextAsync();
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
    }
}
