using Archiver.Poller.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Poller.Jobs;

public sealed class TimeLimitsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeLimits _limits;

    public TimeLimitsTests() => _limits = new TimeLimits(
        new ProcessorLimits { Timeout = TimeSpan.FromMinutes(10), StallTimeout = TimeSpan.FromMinutes(1) }, _clock, _stop.Token);

    public void Dispose()
    {
        _limits.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public void A_job_that_stands_still_is_stopped()
    {
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(_limits.Stop.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_limits.Stop.IsCancellationRequested);
        Assert.Contains("60 s without progress", _limits.Exceeded, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_makes_progress_goes_on_until_its_time_is_up()
    {
        for (var i = 0; i < 19; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            _limits.Progress();
        }
        Assert.False(_limits.Stop.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.True(_limits.Stop.IsCancellationRequested);
        Assert.Contains("after 600 s", _limits.Exceeded, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_stops_it_otherwise_is_not_told_of_time()
    {
        _stop.Cancel();

        Assert.True(_limits.Stop.IsCancellationRequested);
        Assert.Null(_limits.Exceeded);
    }

    [Fact]
    public void Progress_after_the_end_changes_nothing()
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        _limits.Progress();

        Assert.True(_limits.Stop.IsCancellationRequested);
    }
}
