using System.Diagnostics;
using Archiver.Contract;
using Archiver.Programs.Boundary;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Archiver.Processor.Reporting;

/// <summary>Sends the spans of this process to a collector by OTLP.</summary>
internal sealed class TraceExport : IDisposable
{
    // A collector that does not answer may not hold up the end of a job, of which the result is told already.
    private const int PatienceMilliseconds = 2000;

    private readonly TracerProvider _provider;

    private TraceExport(TracerProvider provider) => _provider = provider;

    /// <summary>Begins it, if a collector is named. Otherwise nothing of OpenTelemetry is loaded.</summary>
    /// <exception cref="ArchiverException">Exit code 78: OpenTelemetry does not accept its variables.</exception>
    public static TraceExport? Begin() => OtlpEndpoint.IsSet ? OtlpEndpoint.Guard(Create) : null;

    public void Dispose()
    {
        _provider.Shutdown(PatienceMilliseconds);
        _provider.Dispose();
    }

    private static TraceExport Create()
    {
        // Neither S3 nor the collector has a use for trace headers on the requests that it gets.
        DistributedContextPropagator.Current = DistributedContextPropagator.CreateNoOutputPropagator();
        return new TraceExport(Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(ProgramLocator.Processor).AddTelemetrySdk().AddEnvironmentVariableDetector())
            .AddSource(JobTrace.SourceName)
            .AddOtlpExporter()
            .Build());
    }
}
