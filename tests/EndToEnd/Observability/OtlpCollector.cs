using System.Collections.Concurrent;
using System.Net;
using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Observability;

/// <summary>Takes what programs export by OTLP over HTTP, and keeps the spans and the names of metrics.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _loop;

    public OtlpCollector()
    {
        (_listener, Url) = LocalListener.Start();
        _loop = ServeAsync();
    }

    public string Url { get; }

    public ConcurrentQueue<ReceivedSpan> Spans { get; } = new();

    public ConcurrentQueue<string> Metrics { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _loop;
    }

    private async Task ServeAsync()
    {
        while (await LocalListener.NextAsync(_listener) is { } context)
        {
            using var response = context.Response;
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            response.ContentType = "application/x-protobuf";
            if (context.Request.Url!.AbsolutePath == "/v1/traces")
                foreach (var span in ReceivedSpan.AllIn(body.ToArray()))
                    Spans.Enqueue(span);
            else
                // ExportMetricsServiceRequest.resource_metrics.scope_metrics.metrics.name
                foreach (var metric in ProtobufField.In(body.ToArray(), 1, 2, 2, 1))
                    Metrics.Enqueue(metric.Text);
        }
    }
}
