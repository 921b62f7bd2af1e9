using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Observability;

/// <summary>What a real poller tells systemd, over a real socket.</summary>
public sealed class SystemdTests
{
    [Fact]
    public async Task It_tells_of_its_start_its_life_and_its_stop()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(site.Folder["notify"]));
        var told = new ConcurrentQueue<string>();
        var listening = ListenAsync(socket, told);

        await using var poller = site.StartPollerOfDummies("", ("NOTIFY_SOCKET", site.Folder["notify"]), ("WATCHDOG_USEC", "400000"));
        await poller.EventuallyAsync("it lives", () => told.Count(static line => line == "WATCHDOG=1") >= 5);
        Assert.Contains("READY=1", told);
        Assert.DoesNotContain("STOPPING=1", told);
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Contains("STOPPING=1", told);
        socket.Dispose();
        await listening;
    }

    [Fact]
    public async Task It_tells_of_its_life_only_where_systemd_asks_for_that()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(site.Folder["notify"]));
        var told = new ConcurrentQueue<string>();
        var listening = ListenAsync(socket, told);

        await using var poller = site.StartPollerOfDummies("--drain", ("NOTIFY_SOCKET", site.Folder["notify"]), ("WATCHDOG_USEC", "400000"), ("WATCHDOG_PID", "1"));

        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
        Assert.Equal(["READY=1", "STOPPING=1"], told);
        socket.Dispose();
        await listening;
    }

    private static async Task ListenAsync(Socket socket, ConcurrentQueue<string> told)
    {
        var buffer = new byte[1024];
        try
        {
            while (true)
                told.Enqueue(Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer)));
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }
}
