using Archiver.Poller.Health;
using Serilog;

namespace Archiver.Poller.Telemetry;

/// <summary>All by which the poller is watched; begun before anything that takes time, ended last.</summary>
internal sealed class Observability : IAsyncDisposable
{
    private readonly TelemetryExport? _export;
    private readonly PrometheusText? _prometheus;
    private readonly HealthServer? _server;

    /// <param name="healthPort">Null: nobody asks over HTTP.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public Observability(int? healthPort, TimeProvider time, ILogger log)
    {
        Health = new PollerHealth(time);
        Metrics = new PollerMetrics(Health, time);
        _export = TelemetryExport.Begin();
        if (healthPort is { } port)
        {
            _prometheus = new PrometheusText(Metrics.Meter);
            _server = new HealthServer(port, new HealthPages(Health, _prometheus.Write), log);
        }
    }

    public PollerHealth Health { get; }

    public PollerMetrics Metrics { get; }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync().ConfigureAwait(false);
        _export?.Dispose();
        _prometheus?.Dispose();
        Metrics.Dispose();
    }
}
