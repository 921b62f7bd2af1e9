using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Programs.Boundary;

/// <summary>
/// Whether traces and metrics are exported. Where to and how is said by OpenTelemetry's own variables, which its SDK reads.
/// </summary>
public static class OtlpEndpoint
{
    private const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>True when a collector is named.</summary>
    public static bool IsSet => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Sets an export up. OpenTelemetry passes over most malformed variables, and throws because of others.</summary>
    /// <exception cref="ArchiverException">Exit code 78: it threw.</exception>
    public static T Guard<T>(Func<T> setUp)
    {
        try
        {
            return setUp();
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            throw new ArchiverException(ExitCode.Config, $"The OTEL_ variables cannot be used: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }
}
