using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Serilog;

namespace Archiver.Poller.Health;

/// <summary>
/// Tells systemd twice per <c>WatchdogSec=</c> that the poller lives, as long as it does:
/// https://www.freedesktop.org/software/systemd/man/sd_watchdog_enabled.html
/// </summary>
internal sealed class SystemdWatchdog(ISystemdNotifier notifier, PollerHealth health, TimeSpan? interval, TimeProvider time, ILogger log)
    : IHostedService, IAsyncDisposable
{
    private static readonly ServiceState Alive = new("WATCHDOG=1");

    private BackgroundLoop? _loop;

    /// <summary>Half the time after which systemd takes a silent service for dead; null when it does not watch this process.</summary>
    public static TimeSpan? IntervalFrom(string? microseconds, string? processId, int ownProcessId) =>
        long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0
        && (string.IsNullOrEmpty(processId) || processId == ownProcessId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(limit / 2d)
            : null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (interval is { } between && notifier.IsEnabled)
            health.Watch(_loop = new BackgroundLoop("systemd watchdog", stop => TellAsync(between, stop), time, log));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        if (_loop is not null)
            await _loop.DisposeAsync().ConfigureAwait(false);
    }

    private async Task TellAsync(TimeSpan between, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(between, time);
        do
        {
            if (health.IsAlive)
                notifier.Notify(Alive);
        }
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
    }
}
