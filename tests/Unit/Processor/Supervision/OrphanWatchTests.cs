using Archiver.Processor.Supervision;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Tests.Processor.Supervision;

public sealed class OrphanWatchTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly OrphanWatch _watch;
    private bool _isSupervised = true;
    private int _stops;
    private int _ends;

    public OrphanWatchTests() => _watch = new OrphanWatch(() => _isSupervised, () => _stops++, () => _ends++, _clock);

    public void Dispose() => _watch.Dispose();

    [Fact]
    public void As_long_as_somebody_listens_nothing_happens()
    {
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal((0, 0), (_stops, _ends));
    }

    [Fact]
    public void Soon_after_nobody_listens_the_job_is_stopped_once()
    {
        _isSupervised = false;

        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(1, _stops);
        _clock.Advance(TimeSpan.FromSeconds(4.5));

        Assert.Equal((1, 0), (_stops, _ends));
    }

    [Fact]
    public void A_job_that_does_not_end_in_time_is_ended()
    {
        _isSupervised = false;

        _clock.Advance(TimeSpan.FromSeconds(5.5));

        Assert.Equal((1, 1), (_stops, _ends));
    }

    [Fact]
    public void A_test_run_whose_standard_error_is_read_is_no_orphan() => Assert.True(StandardError.HasReader());
}
