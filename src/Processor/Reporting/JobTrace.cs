using System.Diagnostics;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Boundary;

namespace Archiver.Processor.Reporting;

/// <summary>The spans of a job: <c>archive</c>, and in it <c>plan</c>, <c>transfer</c> and <c>complete</c>. Null, and free, unless they are exported.</summary>
internal static class JobTrace
{
    public const string SourceName = "Archiver.Processor";

    private static readonly ActivitySource? Source = OtlpEndpoint.IsSet ? new(SourceName) : null;

    /// <summary>The span of the whole job, within the one that the environment names.</summary>
    public static Activity? StartJob(string? aipId)
    {
        var environment = (Environment.GetEnvironmentVariable(ProcessorEnvironment.TraceParent), Environment.GetEnvironmentVariable(ProcessorEnvironment.TraceState));
        _ = ActivityContext.TryParse(environment.Item1, environment.Item2, isRemote: true, out var parent);
        return Source?.StartActivity("archive", ActivityKind.Internal, parent)?.SetTag("archiver.aipid", aipId);
    }

    /// <summary>Runs one phase in a span of its own.</summary>
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
    public static void Fail(Activity? span, string type, string reason) => span?.SetTag("error.type", type).SetStatus(ActivityStatusCode.Error, reason);
}
