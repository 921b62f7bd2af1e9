using Archiver.Poller.Health;
using Archiver.Poller.Jobs;
using Archiver.Poller.Receiving;
using Archiver.Poller.Requests;
using Archiver.Poller.Settling;
using Archiver.Poller.Telemetry;
using Archiver.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Poller.Telemetry;

/// <summary>What each happening does to the metrics, as a scraper sees them.</summary>
public sealed class PollerMetricsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2024, 5, 30, 14, 30, 0, TimeSpan.Zero));
    private readonly PollerHealth _health;
    private readonly PollerMetrics _metrics;
    private readonly PrometheusText _text;
    private readonly MessageTelemetry _telemetry;

    public PollerMetricsTests()
    {
        _health = new PollerHealth(_clock);
        _metrics = new PollerMetrics(_health, _clock);
        _text = new PrometheusText(_metrics.Meter);
        _telemetry = new MessageTelemetry(_metrics, "requests", _clock);
    }

    public void Dispose()
    {
        _text.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void A_message_is_counted_when_it_comes_and_in_flight_until_it_is_let_go()
    {
        _clock.Advance(TimeSpan.FromSeconds(90));
        using (_telemetry.Begin(IncomingRequest.Read(Some.Message())))
        {
            Expect("archiver_messages_received_total 1", "archiver_messages_in_flight 1", "archiver_messages_oldest_age_seconds 90");
            Expect("archiver_message_age_seconds_bucket{le=\"60\"} 0", "archiver_message_age_seconds_bucket{le=\"300\"} 1", "archiver_message_age_seconds_sum 90");
        }
        Expect("archiver_messages_received_total 1", "archiver_messages_in_flight 0");
    }

    [Fact]
    public async Task A_job_is_measured_by_its_exit()
    {
        using var life = _telemetry.Begin(IncomingRequest.Read(Some.Message()));
        await life.RunProcessorAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(7));
            return Task.FromResult(ProcessorOutcome.Failed(75, "later"));
        });

        Expect("archiver_job_duration_seconds_bucket{exit=\"TEMPFAIL\",le=\"5\"} 0", "archiver_job_duration_seconds_bucket{exit=\"TEMPFAIL\",le=\"10\"} 1", "archiver_job_duration_seconds_sum{exit=\"TEMPFAIL\"} 7");
    }

    [Fact]
    public async Task An_archive_counts_with_its_bytes_unless_it_was_there()
    {
        await EndAsync(DispositionKind.Complete, new ProcessorOutcome(0, Some.Success));
        await EndAsync(DispositionKind.Complete, new ProcessorOutcome(0, Some.Success with { Archive = Some.Success.Archive! with { Reused = true } }));

        Expect("archiver_messages_archived_total 2", "archiver_archived_size_bytes_total 12345");
    }

    [Fact]
    public async Task Rejected_and_released_count_by_reason()
    {
        await EndAsync(DispositionKind.Reject, new ProcessorOutcome(66, Some.Failure));
        await EndAsync(DispositionKind.Release, ProcessorOutcome.Failed(75, "later"));

        Expect("archiver_messages_rejected_total{reason=\"NOINPUT\"} 1", "archiver_messages_released_total{reason=\"TEMPFAIL\"} 1", "archiver_messages_archived_total 0");
    }

    [Fact]
    public async Task What_was_done_counts_not_what_was_decided()
    {
        await EndAsync(DispositionKind.Complete, new ProcessorOutcome(0, Some.Success), DispositionKind.Release);

        Expect("archiver_messages_archived_total 0", "archiver_messages_released_total{reason=\"UNTOLD\"} 1");
    }

    [Fact]
    public async Task Lost_leases_and_bugs_count()
    {
        await EndAsync(DispositionKind.Complete, new ProcessorOutcome(0, Some.Success), DispositionKind.LeaveAlone);
        using var life = _telemetry.Begin(IncomingRequest.Read(Some.Message()));
        life.Failed(new InvalidOperationException());

        Expect("archiver_leases_lost_total 1", "archiver_messages_released_total{reason=\"SOFTWARE\"} 1");
    }

    [Fact]
    public void A_pause_is_seen()
    {
        _health.Pause("outage");
        Expect("archiver_receiving_paused 1");
        _health.Resume();
        Expect("archiver_receiving_paused 0");
    }

    [Fact]
    public void The_oldest_message_is_forgotten_after_a_while()
    {
        var window = TimeSpan.FromMinutes(5);
        var maximum = new RecentMaximum(window, _clock);
        maximum.Add(90);
        maximum.Add(3);
        _clock.Advance(window);
        maximum.Add(5);
        Assert.Equal(90, maximum.Value);

        _clock.Advance(window);
        Assert.Equal(5, maximum.Value);

        _clock.Advance(3 * window);
        Assert.Equal(0, maximum.Value);
    }

    private async Task EndAsync(DispositionKind decided, ProcessorOutcome outcome, DispositionKind? done = null)
    {
        using var life = _telemetry.Begin(IncomingRequest.Read(Some.Message()));
        await life.EndAsync(decided, outcome, () => Task.FromResult(new Disposition(done ?? decided)));
    }

    private void Expect(params string[] lines) => Assert.Superset(lines.ToHashSet(), _text.Write().Split('\n').ToHashSet());
}
