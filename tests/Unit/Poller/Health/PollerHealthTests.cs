using Archiver.Poller.Health;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Poller.Health;

public sealed class PollerHealthTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly PollerHealth _health;

    public PollerHealthTests() => _health = new PollerHealth(_clock, TimeSpan.FromMinutes(5));

    [Fact]
    public void A_loop_that_is_silent_for_too_long_is_stuck()
    {
        _health.Receiving();
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(_health.IsAlive);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_health.IsAlive);

        _health.Beat();
        Assert.True(_health.IsAlive);
    }

    [Fact]
    public async Task Who_rightly_waits_is_not_stuck_however_long_it_takes()
    {
        var work = new TaskCompletionSource<int>();
        var waiting = _health.WhileAsync(work.Task);
        for (var i = 0; i < 60; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.True(_health.IsAlive);
        }
        work.SetResult(42);
        Assert.Equal(42, await waiting.WithPatience());

        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.False(_health.IsAlive);
    }

    [Fact]
    public async Task What_goes_wrong_while_it_waits_is_thrown() =>
        await Assert.ThrowsAsync<TimeoutException>(() => _health.WhileAsync(Task.FromException<int>(new TimeoutException())));

    [Fact]
    public void It_is_ready_when_it_receives()
    {
        Assert.Equal("starting", _health.NotReady);
        _health.Receiving();
        Assert.Null(_health.NotReady);
    }

    [Fact]
    public void After_an_outage_only_a_receive_that_succeeds_makes_it_ready()
    {
        _health.Receiving();
        _health.Pause("the queue cannot be reached");
        Assert.Equal(("paused: the queue cannot be reached", true), (_health.NotReady, _health.IsPaused));

        _health.Receiving();
        Assert.NotNull(_health.NotReady);

        _health.Resume();
        Assert.Equal((null, false), (_health.NotReady, _health.IsPaused));
    }

    [Fact]
    public void Once_it_stops_nothing_makes_it_ready_again()
    {
        _health.Receiving();
        _health.Stopping();
        _health.Resume();
        _health.Receiving();

        Assert.Equal("stopping", _health.NotReady);
    }

    [Theory]
    [InlineData("GET", "/healthz", 200, "alive")]
    [InlineData("HEAD", "/healthz", 200, "alive")]
    [InlineData("GET", "/readyz", 503, "starting")]
    [InlineData("GET", "/metrics", 200, "the metrics")]
    [InlineData("GET", "/", 404, "/healthz")]
    [InlineData("GET", "/healthz/", 404, "/healthz")]
    [InlineData("POST", "/metrics", 405, "GET")]
    [InlineData("DELETE", "/nowhere", 405, "GET")]
    public void Each_page_has_its_answer(string method, string path, int status, string said)
    {
        var page = new HealthPages(_health, static () => new HealthPage(200, "the metrics")).Answer(method, path);

        Assert.Equal(status, page.Status);
        Assert.Contains(said, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Stuck_is_503()
    {
        _clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(503, new HealthPages(_health, static () => new HealthPage(200, "")).Answer("GET", "/healthz").Status);
    }
}
