using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;

namespace Archiver.Poller.Health;

/// <summary>
/// Notifies systemd at <c>NOTIFY_SOCKET</c> that the poller is ready, alive or stopping (<c>Type=notify</c>), also behind a wrapper script.
/// </summary>
internal static class SystemdService
{
    /// <summary>To be called before the service is added whose work goes on while the host stops: services stop in reverse order.</summary>
    public static void AddTo(IServiceCollection services, PollerHealth health, TimeProvider time)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NOTIFY_SOCKET")))
            return;
        var interval = SystemdWatchdog.IntervalFrom(
            Environment.GetEnvironmentVariable("WATCHDOG_USEC"), Environment.GetEnvironmentVariable("WATCHDOG_PID"), Environment.ProcessId);
        services.AddSingleton<ISystemdNotifier, SystemdNotifier>();
        services.AddSingleton<IHostLifetime, SystemdLifetime>();
        services.AddHostedService(provider =>
            new SystemdWatchdog(provider.GetRequiredService<ISystemdNotifier>(), health, interval, time,
                provider.GetRequiredService<Serilog.ILogger>()));
    }
}
