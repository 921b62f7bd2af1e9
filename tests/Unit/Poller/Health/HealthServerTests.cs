using System.Net;
using System.Net.Sockets;
using System.Text;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Health;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Poller.Health;

/// <summary>What the server does about clients that are slow, many, or talk nonsense.</summary>
public sealed class HealthServerTests : IAsyncDisposable
{
    private const string Request = "GET /healthz HTTP/1.1\r\nHost: archiver\r\n\r\n";

    private readonly FakeTimeProvider _clock = new();
    private readonly EventSink _sink = new();
    private readonly Socket _listener = HealthListener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly List<Socket> _clients = [];
    private HealthServer? _server;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _clients.ForEach(static client => client.Dispose());
        _listener.Dispose();
    }

    [Fact]
    public async Task A_request_is_answered_and_the_connection_closed()
    {
        Serve();

        Assert.Equal(
            $"HTTP/1.1 200 OK\r\nDate: {_clock.GetUtcNow():R}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 6\r\nConnection: close\r\n\r\nalive\n",
            await ReadToEndAsync(await ConnectAsync(Request)));
    }

    [Theory]
    [InlineData("HEAD /healthz HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK")]
    [InlineData("GET /readyz HTTP/1.1\r\n\r\n", "HTTP/1.1 503 Service Unavailable")]
    [InlineData("GET /nowhere HTTP/1.1\r\n\r\n", "HTTP/1.1 404 Not Found")]
    [InlineData("POST /metrics HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody", "HTTP/1.1 405 Method Not Allowed")]
    [InlineData("nonsense\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    public async Task Each_request_has_its_status(string request, string status)
    {
        Serve();

        Assert.StartsWith(status + "\r\n", await ReadToEndAsync(await ConnectAsync(request)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_may_come_in_pieces()
    {
        Serve();
        var client = await ConnectAsync(Request[..7]);
        await SendAsync(client, Request[7..]);

        Assert.EndsWith("alive\n", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_does_not_end_is_refused()
    {
        Serve();
        var client = await ConnectAsync(Request[..^2] + "X: " + new string('x', HealthConnection.LargestHead));

        Assert.StartsWith("HTTP/1.1 431 ", await ReadToEndAsync(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /heal")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: archiver\r\n")]
    public async Task A_client_that_does_not_go_on_is_left(string begun)
    {
        var accepted = Serve();
        var client = await ConnectAsync(begun);
        await accepted.WaitAsync(TestTask.Patience, TestContext.Current.CancellationToken);

        var end = ReadToEndAsync(client);
        await LetTimePassAsync(() => end.IsCompleted);

        Assert.Equal("", await end);
    }

    [Fact]
    public async Task A_client_that_does_not_read_its_answer_is_left()
    {
        // More than the buffers of both sockets hold.
        var accepted = Serve(new string('m', 64 << 20));
        var client = await ConnectAsync("GET /metrics HTTP/1.1\r\n\r\n");
        await accepted.WaitAsync(TestTask.Patience, TestContext.Current.CancellationToken);

        await LetTimePassAsync(() => _sink.Events.Count > 0);

        Assert.True((await ReadToEndAsync(client)).Length < 64 << 20);
    }

    [Fact]
    public async Task Whoever_asks_is_answered_however_many_only_hold_on()
    {
        Serve();
        var first = await ConnectAsync("GET /heal");
        for (var i = 0; i < HealthServer.MostConnections * 2; i++)
            await ConnectAsync(i % 2 == 0 ? "" : "GET /heal");

        // No time has passed by the server's clock.
        Assert.EndsWith("alive\n", await ReadToEndAsync(await ConnectAsync(Request)), StringComparison.Ordinal);
        Assert.Equal("", await ReadToEndAsync(first));
    }

    [Fact]
    public async Task It_goes_on_when_it_could_not_accept()
    {
        var failures = 3;
        Serve(accept: async cancellation => failures-- > 0 ? throw new SocketException((int)SocketError.TooManyOpenSockets) : await _listener.AcceptAsync(cancellation));

        var answer = ReadToEndAsync(await ConnectAsync(Request));
        await LetTimePassAsync(() => answer.IsCompleted);

        Assert.EndsWith("alive\n", await answer, StringComparison.Ordinal);
        Assert.StartsWith("Poller:HealthPort accepts no connections", Assert.Single(_sink.Events).MessageTemplate.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_listens_where_it_was_told_to_alone()
    {
        Serve();
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        await Assert.ThrowsAsync<SocketException>(() => other.ConnectAsync(new IPEndPoint(IPAddress.Parse("127.0.0.2"), Port), TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task All_addresses_are_those_of_IPv4_too()
    {
        using var listener = HealthListener.Listen(new IPEndPoint(IPAddress.IPv6Any, 0));
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        await client.ConnectAsync(new IPEndPoint(IPAddress.Parse("127.0.0.2"), ((IPEndPoint)listener.LocalEndPoint!).Port), TestContext.Current.CancellationToken);

        Assert.True(client.Connected);
    }

    [Theory]
    [InlineData("192.0.2.1", 8080)]
    [InlineData("127.0.0.1", null)]
    public void What_cannot_be_listened_on_is_78_and_named(string address, int? port)
    {
        var error = Assert.Throws<ArchiverException>(() => HealthListener.Listen(new IPEndPoint(IPAddress.Parse(address), port ?? Port)));

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.StartsWith($"Poller:HealthPort {port ?? Port} of Poller:HealthAddress {address} cannot be listened on: ", error.Message, StringComparison.Ordinal);
    }

    private int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Returns what is released at each connection that is accepted.</summary>
    private SemaphoreSlim Serve(string metrics = "", Func<CancellationToken, ValueTask<Socket>>? accept = null)
    {
        var accepted = new SemaphoreSlim(0);
        accept ??= _listener.AcceptAsync;
        _server = new HealthServer(
            async cancellation =>
            {
                var socket = await accept(cancellation);
                accepted.Release();
                return socket;
            },
            new HealthPages(new PollerHealth(_clock), () => new HealthPage(200, metrics)), _clock, _sink.CreateLogger());
        return accepted;
    }

    private async Task LetTimePassAsync(Func<bool> until)
    {
        using var patience = new CancellationTokenSource(TestTask.Patience);
        while (!until())
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, patience.Token);
        }
    }

    private async Task<Socket> ConnectAsync(string begun)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _clients.Add(client);
        await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port), TestContext.Current.CancellationToken);
        await SendAsync(client, begun);
        return client;
    }

    private static async Task SendAsync(Socket client, string text) => await client.SendAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);

    // To the end of the connection, whichever way it ends.
    private static async Task<string> ReadToEndAsync(Socket client)
    {
        var all = new StringBuilder();
        var buffer = new byte[64 << 10];
        try
        {
            while (await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().WithPatience() is > 0 and var read)
                all.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
        catch (SocketException)
        {
        }
        return all.ToString();
    }
}
