using System.Diagnostics;
using Archiver.Queues;
using Attributes = System.Collections.Generic.IReadOnlyDictionary<string, Archiver.Queues.MessageAttribute>;

namespace Archiver.Poller.Telemetry;

/// <summary>A place in a trace, as W3C Trace Context writes it: https://www.w3.org/TR/trace-context/.</summary>
internal sealed record TraceContext(string TraceParent, string? TraceState)
{
    public const string TraceParentAttribute = "traceparent";
    public const string TraceStateAttribute = "tracestate";

    // Of the version 00; later ones may go on behind it.
    private const int ParentLength = 55;

    /// <summary>What a message carries; null when that is nothing, or malformed.</summary>
    public static TraceContext? From(Attributes attributes)
    {
        var carried = new TraceContext(Known(Text(attributes, TraceParentAttribute) ?? ""),
            Telemetry.TraceState.Fit(Text(attributes, TraceStateAttribute)));
        return carried.TryParse(out _) ? carried : null;
    }

    /// <summary>
    /// Where work on a message goes on: at the current span, or without one (nothing is exported), where the message says.
    /// </summary>
    public static TraceContext? For(Attributes attributes) =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } span
            ? new TraceContext(id, Telemetry.TraceState.Fit(span.TraceStateString))
            : From(attributes);

    public bool TryParse(out ActivityContext context) => ActivityContext.TryParse(TraceParent, TraceState, isRemote: true, out context);

    /// <summary>
    /// A message's attributes, leading on from the current span instead of beside it. Without a span they lead where they did.
    /// </summary>
    public static Attributes LeadOn(Attributes attributes)
    {
        var here = Activity.Current is null ? null : For(attributes);
        var (parent, state) = here is null
            ? (Text(attributes, TraceParentAttribute), Telemetry.TraceState.Fit(Text(attributes, TraceStateAttribute)))
            : (here.TraceParent, here.TraceState);
        if (parent == Text(attributes, TraceParentAttribute) && state == Text(attributes, TraceStateAttribute))
            return attributes;
        var leading = new Dictionary<string, MessageAttribute>(attributes);
        leading.Remove(TraceParentAttribute);
        leading.Remove(TraceStateAttribute);
        if (leading.Count < QueueLimits.Sqs.Attributes && parent is not null)
            leading[TraceParentAttribute] = MessageAttribute.Text(parent);
        if (leading.Count < QueueLimits.Sqs.Attributes && state is not null)
            leading[TraceStateAttribute] = MessageAttribute.Text(state);
        return leading;
    }

    // Of a later version only what the version 00 has is known: https://www.w3.org/TR/trace-context/#versioning-of-traceparent
    private static string Known(string parent) =>
        parent.Length > ParentLength && parent[ParentLength] == '-' && parent[..2] is not ("00" or "ff")
            ? "00" + parent[2..ParentLength]
            : parent;

    private static string? Text(Attributes attributes, string name) => attributes.TryGetValue(name, out var attribute)
        ? attribute.StringValue
        : null;
}
