using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Programs.Boundary;

/// <summary>
/// Whether traces and metrics are exported. Where and how is up to OpenTelemetry's own variables, which its SDK reads.
/// </summary>
public static class OtlpEndpoint
{
    private const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether a collector is configured.</summary>
    public static bool IsSet => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable));

    /// <summary>Runs the set-up of an export. OpenTelemetry ignores most malformed variables, but throws for some.</summary>
    /// <exception cref="ArchiverException">Exit code 78: a variable is malformed.</exception>
    public static T Guard<T>(Func<T> setUp)
    {
        try
        {
            return setUp();
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            throw new ArchiverException(
                ExitCode.Config, $"The OTEL_ variables cannot be used: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }
}
