using System.Diagnostics;
using Archiver.Contract;
using Archiver.Programs.Boundary;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Archiver.Processor.Reporting;

/// <summary>Exports the spans of this process to a collector by OTLP.</summary>
internal sealed class TraceExport : IDisposable
{
    // A collector that does not answer must not hold up the end of a job whose result is already written.
    private const int PatienceMilliseconds = 2000;

    private readonly TracerProvider _provider;

    private TraceExport(TracerProvider provider) => _provider = provider;

    /// <summary>Starts the export if a collector is configured. Otherwise no part of OpenTelemetry is loaded.</summary>
    /// <exception cref="ArchiverException">Exit code 78: OpenTelemetry does not accept its variables.</exception>
    public static TraceExport? Begin() => OtlpEndpoint.IsSet ? OtlpEndpoint.Guard(Create) : null;

    public void Dispose()
    {
        _provider.Shutdown(PatienceMilliseconds);
        _provider.Dispose();
    }

    private static TraceExport Create()
    {
        // Neither S3 nor the collector has any use for trace headers.
        DistributedContextPropagator.Current = DistributedContextPropagator.CreateNoOutputPropagator();
        return new TraceExport(Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty()
                .AddService(ProgramLocator.Processor)
                .AddTelemetrySdk()
                .AddEnvironmentVariableDetector())
            .AddSource(JobTrace.SourceName)
            .AddOtlpExporter()
            .Build());
    }
}
