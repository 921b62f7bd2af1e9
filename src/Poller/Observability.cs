using System.Net;
using System.Net.Sockets;
using Archiver.Poller.Health;
using Archiver.Poller.Telemetry;
using Serilog;

namespace Archiver.Poller;

/// <summary>All by which the poller is watched; begun before anything that takes time, ended last.</summary>
internal sealed class Observability : IAsyncDisposable
{
    private readonly TelemetryExport? _export;
    private readonly PrometheusText? _prometheus;
    private readonly Socket? _listener;
    private readonly HealthServer? _server;

    /// <param name="health">Null: there is no health port.</param>
    public Observability(IPEndPoint? health, TimeProvider time, ILogger log)
    {
        Health = new PollerHealth(time);
        Metrics = new PollerMetrics(Health, time);
        _export = TelemetryExport.Begin();
        if (health is not null)
        {
            _prometheus = new PrometheusText(Metrics.Meter);
            _listener = HealthListener.Listen(health);
            var pages = new HealthPages(Health, () => new HealthPage(HealthPages.Fine, _prometheus.Write(), PrometheusText.ContentType));
            _server = new HealthServer(_listener.AcceptAsync, pages, time, log);
            log.Information("Health and metrics are at http://{EndPoint}", _listener.LocalEndPoint);
        }
    }

    public PollerHealth Health { get; }

    public PollerMetrics Metrics { get; }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync().ConfigureAwait(false);
        _listener?.Dispose();
        _export?.Dispose();
        _prometheus?.Dispose();
        Metrics.Dispose();
    }
}
