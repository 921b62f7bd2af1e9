using System.Diagnostics;
using Archiver.Queues;

namespace Archiver.Poller.Telemetry;

/// <summary>A place in a trace, as W3C Trace Context writes it: https://www.w3.org/TR/trace-context/.</summary>
internal sealed record TraceContext(string TraceParent, string? TraceState)
{
    public const string TraceParentAttribute = "traceparent";
    public const string TraceStateAttribute = "tracestate";

    // What SQS takes.
    private const int MostAttributes = 10;

    /// <summary>What a message carries; null when that is nothing, or malformed.</summary>
    public static TraceContext? From(ReceivedMessage message)
    {
        var carried = new TraceContext(Text(message, TraceParentAttribute) ?? "", Text(message, TraceStateAttribute));
        return carried.TryParse(out _) ? carried : null;
    }

    /// <summary>Where work on a message goes on: at the current span, or without one (nothing is exported), where the message says.</summary>
    public static TraceContext? For(ReceivedMessage message) =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } span ? new TraceContext(id, span.TraceStateString) : From(message);

    public bool TryParse(out ActivityContext context) => ActivityContext.TryParse(TraceParent, TraceState, isRemote: true, out context);

    /// <summary>A message whose attributes lead on from the current span instead of beside it. Without a span it stays as it is.</summary>
    public static ReceivedMessage LeadOn(ReceivedMessage message)
    {
        if (Activity.Current is null || For(message) is not { } here)
            return message;
        var attributes = new Dictionary<string, MessageAttribute>(message.Attributes);
        attributes.Remove(TraceParentAttribute);
        attributes.Remove(TraceStateAttribute);
        if (attributes.Count < MostAttributes)
            attributes[TraceParentAttribute] = MessageAttribute.Text(here.TraceParent);
        if (attributes.Count < MostAttributes && here.TraceState is { Length: > 0 } state)
            attributes[TraceStateAttribute] = MessageAttribute.Text(state);
        return message with { Attributes = attributes };
    }

    private static string? Text(ReceivedMessage message, string name) => message.Attributes.TryGetValue(name, out var attribute) ? attribute.StringValue : null;
}
