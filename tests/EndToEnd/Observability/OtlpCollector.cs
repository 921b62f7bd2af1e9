using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Archiver.EndToEnd.Observability;

/// <summary>Takes what programs export by OTLP, over HTTP or gRPC, and keeps the spans and the names of metrics.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    public const string Http = "http/protobuf";
    public const string Grpc = "grpc";

    // A gRPC message has a flag and its length before it: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
    private const int GrpcPrefix = 5;

    private readonly WebApplication _application;
    private readonly string _protocol;

    private OtlpCollector(string protocol)
    {
        _protocol = protocol;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(
            IPAddress.Loopback, 0, listen => listen.Protocols = protocol == Grpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        _application = builder.Build();
        _application.Run(TakeAsync);
    }

    public (string Name, string? Value)[] Settings => [("OTEL_EXPORTER_OTLP_ENDPOINT", _application.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", _protocol)];

    public ConcurrentQueue<ReceivedSpan> Spans { get; } = new();

    public ConcurrentQueue<string> Metrics { get; } = new();

    public static async Task<OtlpCollector> StartAsync(string protocol = Http)
    {
        var collector = new OtlpCollector(protocol);
        await collector._application.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = body.ToArray()[(_protocol == Grpc ? GrpcPrefix : 0)..];
        if (context.Request.Path.Value!.Contains("trace", StringComparison.Ordinal))
            foreach (var span in ReceivedSpan.AllIn(message))
                Spans.Enqueue(span);
        else
            // ExportMetricsServiceRequest.resource_metrics.scope_metrics.metrics.name
            foreach (var metric in ProtobufField.In(message, 1, 2, 2, 1))
                Metrics.Enqueue(metric.Text);
        if (_protocol == Grpc)
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[GrpcPrefix]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }
}
