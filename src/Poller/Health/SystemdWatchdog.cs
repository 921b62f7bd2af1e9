using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Archiver.Poller.Health;

/// <summary>Tells systemd twice per <c>WatchdogSec=</c> that the poller lives, as long as it does: https://www.freedesktop.org/software/systemd/man/sd_watchdog_enabled.html</summary>
internal sealed class SystemdWatchdog(ISystemdNotifier notifier, PollerHealth health, TimeSpan? interval, TimeProvider time) : BackgroundService
{
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    /// <summary>Half the time after which systemd takes a silent service for dead; null when it does not watch this process.</summary>
    public static TimeSpan? IntervalFrom(string? microseconds, string? processId, int ownProcessId) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
        && (string.IsNullOrEmpty(processId) || processId == ownProcessId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(limit / 2d)
            : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (interval is null || !notifier.IsEnabled)
            return;
        using var timer = new PeriodicTimer(interval.Value, time);
        try
        {
            do
            {
                if (health.IsAlive)
                    notifier.Notify(Alive);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The end of the poller.
        }
    }
}
