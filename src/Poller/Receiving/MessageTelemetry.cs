using System.Diagnostics;
using System.Text;
using Archiver.Poller.Requests;
using Archiver.Poller.Telemetry;

namespace Archiver.Poller.Receiving;

/// <summary>
/// Counts and traces the lives of messages. The attributes are those of https://opentelemetry.io/docs/specs/semconv/messaging/.
/// </summary>
internal sealed class MessageTelemetry(PollerMetrics metrics, string queueLocation, TimeProvider time)
{
    private readonly string _system = queueLocation.StartsWith("sqlite:", StringComparison.Ordinal)
        ? "sqlite"
        : queueLocation.StartsWith("memory:", StringComparison.Ordinal) ? "memory" : "aws_sqs";
    private readonly string _queue = queueLocation[(queueLocation.LastIndexOfAny(['/', '#', ':']) + 1)..];

    /// <summary>A message's life begins; it ends when what this returns is disposed.</summary>
    public MessageLife Begin(IncomingRequest request)
    {
        var (message, content) = (request.Arrival.Message, request.Content);
        metrics.Received(message.SentAt);
        var parent = default(ActivityContext);
        _ = TraceContext.From(content.Attributes)?.TryParse(out parent);
        var span = PollerSpans.Source.StartActivity($"process {_queue}", ActivityKind.Consumer, parent);
        if (span?.IsAllDataRequested == true)
            span.SetTag("messaging.system", _system).SetTag("messaging.operation.type", "process")
                .SetTag("messaging.operation.name", "process")
                .SetTag("messaging.destination.name", _queue).SetTag("messaging.message.id", content.MessageId)
                .SetTag("messaging.message.body.size", Encoding.UTF8.GetByteCount(content.Body))
                .SetTag("archiver.receive_count", message.ReceiveCount);
        return new MessageLife(metrics, span, time);
    }
}
