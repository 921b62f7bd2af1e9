using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Archiver.Poller.Health;

/// <summary>Tells systemd twice per <c>WatchdogSec=</c> that the poller lives, as long as it does: https://www.freedesktop.org/software/systemd/man/sd_watchdog_enabled.html</summary>
internal sealed class SystemdWatchdog(ISystemdNotifier notifier, PollerHealth health, TimeSpan? interval, TimeProvider time) : IHostedService
{
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    private ITimer? _timer;

    /// <summary>Half the time after which systemd takes a silent service for dead; null when it does not watch this process.</summary>
    public static TimeSpan? IntervalFrom(string? microseconds, string? processId, int ownProcessId) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
        && (string.IsNullOrEmpty(processId) || processId == ownProcessId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(limit / 2d)
            : null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (interval is { } between && notifier.IsEnabled)
            _timer = time.CreateTimer(_ => Tell(), null, TimeSpan.Zero, between);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_timer is not null)
            await _timer.DisposeAsync().ConfigureAwait(false);
    }

    private void Tell()
    {
        if (health.IsAlive)
            notifier.Notify(Alive);
    }
}
