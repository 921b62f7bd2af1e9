namespace Archiver.Contract.Boundary;

/// <summary>Whether traces and metrics are exported. Where to and how is said by OpenTelemetry's own variables, which its SDK reads.</summary>
public static class OtlpEndpoint
{
    private const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>True when a collector is named.</summary>
    public static bool IsSet => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));
}
