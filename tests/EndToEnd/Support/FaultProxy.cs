using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Archiver.EndToEnd.Support;

/// <summary>
/// Stands between a client and S3 or SQS: counts, fails requests when told to, and does for S3 what AWS does and the server
/// behind may not. Requests go on as they came, Host header and all, so that their signatures hold.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private static readonly ForwarderRequestConfig Http11 =
        new() { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact, ActivityTimeout = TimeSpan.FromMinutes(10) };

    private readonly WebApplication _application;
    private readonly IHttpForwarder _forwarder;
    private readonly string _target;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
    });

    private FaultProxy(Uri target, int seed, AwsBehaviours? aws)
    {
        _target = target.GetLeftPart(UriPartial.Authority);
        Faults = new Faults(seed);
        Aws = aws;

        // The empty builder brings no logging, no configuration and no signal handlers.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MinResponseDataRate = null;
        });
        builder.Services.AddHttpForwarder();
        _application = builder.Build();
        _application.Run(HandleAsync);
        _forwarder = _application.Services.GetRequiredService<IHttpForwarder>();
    }

    public Uri Url => new(_application.Urls.Single());

    public Faults Faults { get; }

    public RequestCounters Counters { get; } = new();

    /// <summary>Null in front of anything but S3.</summary>
    public AwsBehaviours? Aws { get; }

    public static async Task<FaultProxy> StartAsync(Uri target, int seed = 1, AwsBehaviours? aws = null)
    {
        var proxy = new FaultProxy(target, seed, aws);
        await proxy._application.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        // Not StopAsync: it would wait for requests that a test holds.
        await _application.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var operation = S3Operation.Of(context.Request);
        var tally = Counters.Begin(operation);
        context.Request.Body = new CountedRequestBody(context.Request.Body, tally);
        context.Response.Body = new CountedResponseBody(context.Response.Body, tally);
        try
        {
            if (Faults.Draw(operation, context.Request) is { } fault)
            {
                Counters.Struck(fault.Kind);
                await FaultyAnswer.GiveAsync(context, fault, () => ServeAsync(context, operation));
            }
            else
            {
                await ServeAsync(context, operation);
            }
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is IOException or OperationCanceledException)
        {
            // The client went away, or was sent away.
        }
        finally
        {
            Counters.End(tally);
        }
    }

    private Task ServeAsync(HttpContext context, string operation) =>
        Aws is null ? ForwardAsync(context) : Aws.ServeAsync(context, operation, () => ForwardAsync(context));

    private async Task ForwardAsync(HttpContext context) =>
        await _forwarder.SendAsync(context, _target, _client, Http11, AsReceived.Instance);

    private sealed class AsReceived : HttpTransformer
    {
        public static readonly AsReceived Instance = new();

        // Escapes in a path mean what the client signed: a path decoded and encoded again can differ.
        private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var path = httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            proxyRequest.RequestUri = new Uri(destinationPrefix + path, Verbatim);
            proxyRequest.Headers.Host = httpContext.Request.Host.Value;
        }
    }
}
