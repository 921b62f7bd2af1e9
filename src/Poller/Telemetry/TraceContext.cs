using System.Diagnostics;
using Archiver.Queues;

namespace Archiver.Poller.Telemetry;

/// <summary>A place in a trace, as W3C Trace Context writes it: https://www.w3.org/TR/trace-context/.</summary>
internal sealed record TraceContext(string TraceParent, string? TraceState)
{
    public const string TraceParentAttribute = "traceparent";
    public const string TraceStateAttribute = "tracestate";

    // Of the version 00; later ones may go on behind it.
    private const int ParentLength = 55;

    /// <summary>What a message carries; null when that is nothing, or malformed.</summary>
    public static TraceContext? From(ReceivedMessage message)
    {
        var carried = new TraceContext(Known(Text(message, TraceParentAttribute) ?? ""), Telemetry.TraceState.Fit(Text(message, TraceStateAttribute)));
        return carried.TryParse(out _) ? carried : null;
    }

    /// <summary>Where work on a message goes on: at the current span, or without one (nothing is exported), where the message says.</summary>
    public static TraceContext? For(ReceivedMessage message) =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } span ? new TraceContext(id, Telemetry.TraceState.Fit(span.TraceStateString)) : From(message);

    public bool TryParse(out ActivityContext context) => ActivityContext.TryParse(TraceParent, TraceState, isRemote: true, out context);

    /// <summary>A message whose attributes lead on from the current span instead of beside it. Without a span they lead where they did.</summary>
    public static ReceivedMessage LeadOn(ReceivedMessage message)
    {
        var here = Activity.Current is null ? null : For(message);
        var (parent, state) = here is null ? (Text(message, TraceParentAttribute), Telemetry.TraceState.Fit(Text(message, TraceStateAttribute))) : (here.TraceParent, here.TraceState);
        if (parent == Text(message, TraceParentAttribute) && state == Text(message, TraceStateAttribute))
            return message;
        var attributes = new Dictionary<string, MessageAttribute>(message.Attributes);
        attributes.Remove(TraceParentAttribute);
        attributes.Remove(TraceStateAttribute);
        if (attributes.Count < QueueLimits.Sqs.Attributes && parent is not null)
            attributes[TraceParentAttribute] = MessageAttribute.Text(parent);
        if (attributes.Count < QueueLimits.Sqs.Attributes && state is not null)
            attributes[TraceStateAttribute] = MessageAttribute.Text(state);
        return message with { Attributes = attributes };
    }

    // Of a later version only what the version 00 has is known: https://www.w3.org/TR/trace-context/#versioning-of-traceparent
    private static string Known(string parent) =>
        parent.Length > ParentLength && parent[ParentLength] == '-' && parent[..2] is not ("00" or "ff") ? "00" + parent[2..ParentLength] : parent;

    private static string? Text(ReceivedMessage message, string name) => message.Attributes.TryGetValue(name, out var attribute) ? attribute.StringValue : null;
}
