using System.Diagnostics;

namespace Archiver.Poller.Telemetry;

/// <summary>Where the poller's spans come from. They are null, and free, unless somebody listens.</summary>
internal static class PollerSpans
{
    public const string SourceName = "Archiver.Poller";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Marks a span as failed.</summary>
    public static void Fail(Activity? span, string type, string reason) =>
        span?.SetTag("error.type", type).SetStatus(ActivityStatusCode.Error, reason);
}
