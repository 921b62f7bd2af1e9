using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>An SQS that takes connections and never answers must not keep a poller from stopping.</summary>
public sealed class BlackHoleTests : IAsyncLifetime
{
    // Of a drain and a grace of a second each, on a busy machine; the client alone would wait for longer.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private Site _site = null!;
    private FaultProxy _sqs = null!;

    public async ValueTask InitializeAsync()
    {
        // As long as nobody could wait for the lease to be lost.
        _site = await Site.CreateAsync(SiteKind.SqsAndS3, new SiteOptions { VisibilityTimeout = TimeSpan.FromMinutes(5) });
        _sqs = await SqsFixture.StartProxyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _sqs.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task With_work_under_way_it_stops_in_time()
    {
        await _site.Requests.SendAsync(DummyRequest.For("under-way", new { record = _site.Register.Folder, wait_for = _site.Register.Gate() }));
        await using var poller = Start();
        await poller.EventuallyAsync("it has begun", () => _site.Register.Begun == 1);
        Swallow();
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync(Bound)).ExitCode);
        await poller.LogsAsync("{UnderWay} messages could not be released in time");
    }

    [Fact]
    public async Task With_a_completion_to_send_it_stops_in_time()
    {
        await _site.Requests.SendAsync(DummyRequest.For("done", new { record = _site.Register.Folder, wait_for = _site.Register.Gate() }));
        await using var poller = Start();
        await poller.EventuallyAsync("it has begun", () => _site.Register.Begun == 1);
        Swallow();
        _site.Register.Open();
        await poller.EventuallyAsync("it has ended", () => _site.Register.Ended == 1);
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync(Bound)).ExitCode);
    }

    [Fact]
    public async Task Idle_it_stops_in_time()
    {
        await using var poller = Start();
        await poller.LogsAsync("Polling");
        Swallow();
        await poller.EventuallyAsync("it asks", () => _sqs.Counters[FaultKind.Delay] > 0);
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync(Bound)).ExitCode);
    }

    [Fact]
    public async Task While_it_starts_it_stops_in_time()
    {
        Swallow();
        await using var poller = Start();
        await poller.EventuallyAsync("it asks", () => _sqs.Counters[FaultKind.Delay] > 0);
        poller.Signal("TERM");

        Assert.Equal(0, (await poller.WaitForExitAsync(Bound)).ExitCode);
    }

    private void Swallow() => _sqs.Faults.Add(new Fault(FaultKind.Delay) { Delay = Timeout.InfiniteTimeSpan });

    private ProgramUnderTest Start() => _site.StartPollerOfDummies("",
        ("AWS_ENDPOINT_URL_SQS", _sqs.Url.ToString()), ("Poller__DrainTimeout", "1s"), ("Processor__GracePeriod", "1s"));
}
