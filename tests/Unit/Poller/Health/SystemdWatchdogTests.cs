using Archiver.Poller.Health;
using Archiver.Tests.Support;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Time.Testing;
using Serilog.Core;

namespace Archiver.Tests.Poller.Health;

public sealed class SystemdWatchdogTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Notifier _notifier = new();

    [Theory]
    [InlineData("30000000", null, 15_000)]
    [InlineData("30000000", "42", 15_000)]
    [InlineData("30000000", "43", null)]
    [InlineData(null, null, null)]
    [InlineData("", "", null)]
    [InlineData("0", null, null)]
    [InlineData("soon", null, null)]
    public void It_is_told_twice_in_the_time_that_systemd_waits(string? microseconds, string? processId, int? milliseconds) =>
        Assert.Equal(milliseconds, (int?)SystemdWatchdog.IntervalFrom(microseconds, processId, 42)?.TotalMilliseconds);

    [Fact]
    public async Task It_is_told_as_long_as_the_poller_lives()
    {
        var health = new PollerHealth(_clock, TimeSpan.FromMinutes(1));
        await using var watchdog = new SystemdWatchdog(_notifier, health, TimeSpan.FromSeconds(15), _clock, Logger.None);
        await watchdog.StartAsync(TestContext.Current.CancellationToken);
        Advance(4);
        Assert.Equal(5, _notifier.Told);

        Advance(4);
        Assert.Equal(5, _notifier.Told);

        health.Beat();
        Advance(1);
        Assert.Equal(6, _notifier.Told);

        await watchdog.StopAsync(TestContext.Current.CancellationToken);
        Advance(1);
        Assert.Equal(6, _notifier.Told);
    }

    [Fact]
    public async Task A_telling_that_fails_is_repeated_and_no_end_of_the_poller()
    {
        var health = new PollerHealth(_clock, TimeSpan.FromHours(1));
        await using var watchdog = new SystemdWatchdog(_notifier, health, TimeSpan.FromSeconds(15), _clock, Logger.None);
        _notifier.Failure = new IOException("Too many open files");
        await watchdog.StartAsync(TestContext.Current.CancellationToken);
        _notifier.Failure = null;

        await _clock.AdvanceUntilAsync(() => _notifier.Told > 0, TimeSpan.FromSeconds(1));

        Assert.Equal(1, Assert.Single(health.Loops).Restarts);
    }

    private void Advance(int intervals)
    {
        for (var i = 0; i < intervals; i++)
            _clock.Advance(TimeSpan.FromSeconds(15));
    }

    private sealed class Notifier : ISystemdNotifier
    {
        public bool IsEnabled => true;

        public int Told { get; private set; }

        public Exception? Failure { get; set; }

        public void Notify(ServiceState state)
        {
            if (Failure is not null)
                throw Failure;
            Told++;
        }
    }
}
