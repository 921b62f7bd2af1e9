using System.Diagnostics;
using Archiver.Contract;
using Archiver.Programs.Boundary;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Archiver.Poller.Telemetry;

/// <summary>
/// Sends spans and metrics to a collector by OTLP, from threads of its own. One that cannot be reached costs nothing but what is then lost.
/// </summary>
internal sealed class TelemetryExport : IDisposable
{
    private const int PatienceMilliseconds = 2000;

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private TelemetryExport(TracerProvider traces, MeterProvider metrics) => (_traces, _metrics) = (traces, metrics);

    /// <summary>Begins it, if a collector is named.</summary>
    /// <exception cref="ArchiverException">Exit code 78: OpenTelemetry does not accept its variables.</exception>
    public static TelemetryExport? Begin() => OtlpEndpoint.IsSet ? OtlpEndpoint.Guard(Create) : null;

    public void Dispose()
    {
        // Together, so that a collector that does not answer is waited for once.
        Task.WaitAll(
            Task.Run(() => _traces.Shutdown(PatienceMilliseconds)),
            Task.Run(() => _metrics.Shutdown(PatienceMilliseconds)));
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static TelemetryExport Create()
    {
        // Messages and children are told about the trace; SQS and the collector have no use for it on the requests that they get.
        DistributedContextPropagator.Current = DistributedContextPropagator.CreateNoOutputPropagator();
        // What the environment says of the service comes last, and so wins.
        var resource = ResourceBuilder.CreateEmpty().AddService(ProgramLocator.Poller).AddTelemetrySdk().AddEnvironmentVariableDetector();
        return new TelemetryExport(
            Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(PollerSpans.SourceName).AddOtlpExporter().Build(),
            Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(PollerMetrics.MeterName).AddOtlpExporter().Build());
    }
}
