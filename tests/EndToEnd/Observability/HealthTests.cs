using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Observability;

/// <summary>What a real poller answers to those who watch it.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private readonly int _port = LocalListener.FreePort();
    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.CreateAsync(SiteKind.SqliteAndFolders);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _site.DisposeAsync();
    }

    [Fact]
    public async Task It_lives_and_is_ready_and_counts_until_it_stops()
    {
        await _site.Requests.SendAsync(DummyRequest.For("seen", new { record = _site.Register.Folder, wait_for = _site.Register.Gate() }));
        await using var poller = StartPoller(("MAX_CONCURRENCY", "1"), ("Poller__DrainTimeout", "5m"));
        await poller.EventuallyAsync("it works", () => _site.Register.Begun == 1);

        Assert.Equal((HttpStatusCode.OK, "alive\n"), await GetAsync("healthz"));
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await GetAsync("readyz"));
        Assert.Contains("archiver_messages_in_flight 1\n", (await GetAsync("metrics")).Body, StringComparison.Ordinal);

        poller.Signal("TERM");
        await poller.EventuallyAsync("it stops", async () => (await GetAsync("readyz")) == (HttpStatusCode.ServiceUnavailable, "stopping\n"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("healthz")).Status);
        _site.Register.Open();
        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Metrics_tell_what_became_of_the_messages()
    {
        await _site.Requests.SendAsync(DummyRequest.For("good"));
        await _site.Requests.SendAsync("no request");
        await using var poller = StartPoller();
        await poller.LogsAsync("Archived");
        await poller.LogsAsync("Rejected");

        await poller.EventuallyAsync("both are counted", async () => (await GetAsync("metrics")).Body.Split('\n').ToHashSet().IsSupersetOf(
        [
            "archiver_messages_received_total 2", "archiver_messages_archived_total 1", "archiver_messages_rejected_total{reason=\"DATAERR\"} 1",
            "archiver_messages_in_flight 0", "archiver_job_duration_seconds_count{exit=\"OK\"} 1", "archiver_receiving_paused 0",
        ]));
    }

    [Fact]
    public async Task During_an_outage_it_lives_but_is_not_ready()
    {
        var check = _site.Folder.Put("check", "69");
        await using var poller = StartPoller(("ARCHIVER_DUMMY_CHECK", check));
        await poller.LogsAsync("Receiving pauses");

        await poller.EventuallyAsync("it says so", async () => (await GetAsync("readyz")).Body.StartsWith("paused: ", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync("readyz")).Status);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("healthz")).Status);
        Assert.Contains("archiver_receiving_paused 1\n", (await GetAsync("metrics")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anybody_may_ask_by_any_name_but_only_ask()
    {
        await using var poller = StartPoller();
        await poller.EventuallyAsync("it listens", async () => (await GetAsync("healthz")).Status == HttpStatusCode.OK);

        using var named = new HttpRequestMessage(HttpMethod.Get, Url("healthz")) { Headers = { Host = "archiver.example:1234" } };
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(named)).Status);
        using var head = new HttpRequestMessage(HttpMethod.Head, Url("healthz"));
        Assert.Equal((HttpStatusCode.OK, ""), await SendAsync(head));
        using var post = new HttpRequestMessage(HttpMethod.Post, Url("metrics"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync(post)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("nowhere")).Status);
    }

    [Fact]
    public async Task It_outlives_more_connections_than_it_has_descriptors()
    {
        const int Descriptors = 600;
        await using var poller = StartPoller();
        await poller.EventuallyAsync("it listens", async () => (await GetAsync("readyz")).Status == HttpStatusCode.OK);
        using (var limit = Process.Start("prlimit", ["--pid", $"{poller.ProcessId}", $"--nofile={Descriptors}"]))
        {
            await limit.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, limit.ExitCode);
        }

        var clients = new List<TcpClient>();
        for (var i = 0; i < Descriptors * 2; i++)
        {
            clients.Add(new TcpClient());
            await clients[^1].ConnectAsync(IPAddress.Loopback, _port, TestContext.Current.CancellationToken);
            if (i % 2 == 0)
                await clients[^1].GetStream().WriteAsync("GET /heal"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        Assert.Equal((HttpStatusCode.OK, "alive\n"), await GetAsync("healthz"));
        clients.ForEach(static client => client.Dispose());
        poller.Signal("TERM");
        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Only_this_machine_is_answered_unless_all_addresses_are_asked_for()
    {
        // As 127.0.0.2 is another address than 127.0.0.1.
        await using (var poller = StartPoller())
        {
            await poller.EventuallyAsync("it listens", async () => (await GetAsync("healthz")).Status == HttpStatusCode.OK);
            Assert.Equal((HttpStatusCode)0, (await GetAsync("healthz", "127.0.0.2")).Status);
        }

        await using var open = StartPoller(("HEALTH_ADDRESS", "*"));
        await open.EventuallyAsync("it listens", async () => (await GetAsync("healthz")).Status == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("healthz", "127.0.0.2")).Status);
    }

    [Fact]
    public async Task A_port_that_is_in_use_is_78_and_one_line_that_names_it()
    {
        using var taken = new TcpListener(IPAddress.Any, _port);
        taken.Start();
        await using var poller = StartPoller();

        var end = await poller.WaitForExitAsync();

        Assert.Equal(78, end.ExitCode);
        Assert.Contains($"Poller:HealthPort {_port}", Assert.Single(end.Log.All), StringComparison.Ordinal);
    }

    private ProgramUnderTest StartPoller(params (string Name, string? Value)[] settings) =>
        _site.StartPollerOfDummies("", [("HEALTH_PORT", $"{_port}"), .. settings]);

    private string Url(string page, string address = "127.0.0.1") => $"http://{address}:{_port}/{page}";

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string page, string address = "127.0.0.1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url(page, address));
        return await SendAsync(request);
    }

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpRequestMessage request)
    {
        try
        {
            using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        catch (HttpRequestException)
        {
            return (0, "");
        }
    }
}
