using Archiver.Poller.Health;
using Archiver.Poller.Telemetry;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Poller.Health;

public sealed class BackgroundLoopTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly EventSink _log = new();

    [Fact]
    public async Task One_that_fails_is_logged_counted_told_and_started_anew()
    {
        var runs = 0;
        await using var loop = Start(stop => ++runs == 1 ? throw new InvalidOperationException("once") : Task.Delay(Timeout.Infinite, stop));
        var health = new PollerHealth(_clock, TimeSpan.FromHours(1));
        health.Watch(loop);

        await _clock.AdvanceUntilAsync(() => Volatile.Read(ref runs) == 2, TimeSpan.FromMilliseconds(100));

        Assert.Equal((1, null), (loop.Restarts, loop.Failing));
        Assert.Contains("keeper", Assert.Single(_log.Events).RenderMessage(), StringComparison.Ordinal);
        var page = new HealthPages(health, static () => new HealthPage(200, "")).Answer("GET", "/healthz");
        Assert.Equal((200, "alive\nthe keeper failed and was restarted, times: 1\n"), (page.Status, page.Text));
        using var metrics = new PollerMetrics(health, _clock);
        using var text = new PrometheusText(metrics.Meter);
        Assert.Contains("archiver_loops_restarted_total{loop=\"keeper\"} 1\n", text.Write(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_ends_by_itself_has_failed()
    {
        var runs = 0;
        await using var loop = Start(stop => ++runs == 1 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, stop));

        await _clock.AdvanceUntilAsync(() => loop.Restarts == 1 && Volatile.Read(ref runs) == 2, TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task One_that_cannot_be_kept_running_is_told_until_it_can()
    {
        var heals = false;
        await using var loop = Start(stop => Volatile.Read(ref heals) ? Task.Delay(Timeout.Infinite, stop) : throw new InvalidOperationException("always"));
        var health = new PollerHealth(_clock, TimeSpan.FromDays(365));
        health.Watch(loop);

        await _clock.AdvanceUntilAsync(() => loop.Restarts >= 3, TimeSpan.FromMilliseconds(100));
        var page = new HealthPages(health, static () => new HealthPage(200, "")).Answer("GET", "/healthz");
        Assert.Equal((503, "failing: the keeper keeps failing: always\n"), (page.Status, page.Text));

        Volatile.Write(ref heals, true);
        await _clock.AdvanceUntilAsync(() => health.IsAlive, TimeSpan.FromSeconds(10));
        Assert.Null(loop.Failing);
    }

    [Fact]
    public async Task Pauses_grow_up_to_a_minute()
    {
        await using var loop = Start(static _ => throw new InvalidOperationException("always"));

        await _clock.AdvanceUntilAsync(() => loop.Restarts >= 14, TimeSpan.FromSeconds(1));

        var pauses = _log.Events.Select(static line => (TimeSpan)((Serilog.Events.ScalarValue)line.Properties["Pause"]).Value!).ToList();
        Assert.Equal(TimeSpan.FromMilliseconds(100), pauses[0]);
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(TimeSpan.FromMinutes(1), pauses[^1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task At_the_stop_it_ends_without_a_word_however_it_takes_it(bool throws)
    {
        var loop = Start(async stop =>
        {
            await Task.Delay(Timeout.Infinite, stop).ContinueWith(static _ => { }, TaskScheduler.Default);
            if (throws)
                throw new InvalidOperationException("cut off");
        });

        await loop.DisposeAsync().AsTask().WithPatience();
        await loop.DisposeAsync().AsTask().WithPatience();

        Assert.Empty(_log.Events);
        Assert.Equal(0, loop.Restarts);
    }

    private BackgroundLoop Start(Func<CancellationToken, Task> run) =>
        new("keeper", run, _clock, _log.CreateLogger());
}
