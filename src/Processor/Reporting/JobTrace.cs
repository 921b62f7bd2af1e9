using System.Diagnostics;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Boundary;

namespace Archiver.Processor.Reporting;

/// <summary>
/// The spans of a job: <c>archive</c>, and within it <c>plan</c>, <c>check</c>, <c>transfer</c> and <c>complete</c>. They are null, and
/// cost nothing, unless they are exported.
/// </summary>
internal static class JobTrace
{
    public const string SourceName = "Archiver.Processor";

    private static readonly ActivitySource? Source = OtlpEndpoint.IsSet ? new(SourceName) : null;

    /// <summary>Starts the span of the whole job, a child of the span named in the environment.</summary>
    public static Activity? StartJob(string? aipId)
    {
        var traceParent = Environment.GetEnvironmentVariable(ProcessorEnvironment.TraceParent);
        var traceState = Environment.GetEnvironmentVariable(ProcessorEnvironment.TraceState);
        _ = ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
        return Source?.StartActivity("archive", ActivityKind.Internal, parent)?.SetTag("archiver.aipid", aipId);
    }

    /// <summary>Runs one phase in its own span.</summary>
    public static async Task<T> InAsync<T>(string phase, Func<Task<T>> work)
    {
        using var span = Source?.StartActivity(phase);
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Fail(span, error is ArchiverException known ? ExitCode.NameOf(known.ExitCode) : error.GetType().Name, error.Message);
            throw;
        }
    }

    /// <summary>Marks a span as failed.</summary>
    public static void Fail(Activity? span, string type, string reason) =>
        span?.SetTag("error.type", type).SetStatus(ActivityStatusCode.Error, reason);
}
