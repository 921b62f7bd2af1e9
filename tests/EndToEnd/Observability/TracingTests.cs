using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Observability;

/// <summary>One message, one tree of spans, over both processes and on to whoever gets the completion.</summary>
public sealed class TracingTests : IAsyncLifetime
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string ParentId = "b7ad6b7169203331";

    private Site _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await _site.PutSourceAsync("traced/a.txt", [1, 2, 3]);
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData(OtlpCollector.Http)]
    [InlineData(OtlpCollector.Grpc)]
    public async Task Spans_of_both_processes_make_one_tree(string protocol)
    {
        await using var collector = await OtlpCollector.StartAsync(protocol);
        await SendAsync("traced", $"00-{TraceId}-{ParentId}-01");
        await using var poller = _site.StartPoller("--drain", collector.Settings);
        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);

        Assert.All(collector.Spans, static span => Assert.Equal(TraceId, span.TraceId));
        var process = One(collector, "process requests", "archiver-poller");
        Assert.Equal(ParentId, process.ParentId);
        Assert.Equal(("sqlite", "requests"), (process.Attributes["messaging.system"], process.Attributes["messaging.destination.name"]));
        Assert.Equal(process.Id, One(collector, "validate", "archiver-poller").ParentId);
        var complete = One(collector, "complete", "archiver-poller", process);
        var archive = One(collector, "archive", "archiver-processor", One(collector, "run processor", "archiver-poller", process));
        Assert.Equal(("traced", "0"), (archive.Attributes["archiver.aipid"], archive.Attributes["process.exit.code"]));
        Assert.Equal(("1", "3"), (archive.Attributes["archiver.entries"], archive.Attributes["archiver.bytes"]));
        foreach (var phase in (string[])["plan", "transfer", "complete"])
            One(collector, phase, "archiver-processor", archive);
        Assert.Equal(8, collector.Spans.Count);

        var completion = Assert.Single(await _site.Completions.TakeAllAsync());
        Assert.Equal(completion.Text("archive.uri"), archive.Attributes["archiver.archive.uri"]);
        Assert.Equal(($"00-{TraceId}-{complete.Id}-01", "42"), (completion.Attributes["traceparent"], completion.Attributes["Correlation-Id"]));
        Assert.Contains("archiver.messages.archived", collector.Metrics);
        Assert.Contains("archiver.job.duration", collector.Metrics);
    }

    [Fact]
    public async Task A_failed_job_is_a_failed_span_in_both_processes()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await _site.Requests.SendAsync("""{"aipid":"not-there"}""");
        await using var poller = _site.StartPoller("--drain", collector.Settings);
        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);

        foreach (var (name, service) in (ReadOnlySpan<(string, string)>)[("process requests", "archiver-poller"), ("run processor", "archiver-poller"), ("archive", "archiver-processor"), ("plan", "archiver-processor")])
        {
            var span = One(collector, name, service);
            Assert.Equal((true, "NOINPUT"), (span.Failed, span.Attributes["error.type"]));
        }
        Assert.Single(collector.Spans.Select(static span => span.TraceId).Distinct());
        Assert.False(One(collector, "reject", "archiver-poller").Failed);
    }

    [Fact]
    public async Task Without_a_collector_what_came_goes_on_as_it_came()
    {
        var script = _site.Folder.PutScript("processor.sh", $"echo \"$TRACEPARENT $TRACESTATE $ARCHIVER_SUPERVISED\" > seen\nexec '{Repository.Processor}' \"$@\"");
        await SendAsync("traced", $"00-{TraceId}-{ParentId}-01");

        await using var poller = _site.StartPoller("--drain", ("Processor__Path", script));
        Assert.Equal(0, (await poller.WaitForExitAsync()).ExitCode);

        Assert.Equal($"00-{TraceId}-{ParentId}-01 vendor=1 1\n", await File.ReadAllTextAsync(_site.Folder["seen"], TestContext.Current.CancellationToken));
        Assert.Equal($"00-{TraceId}-{ParentId}-01", Assert.Single(await _site.Completions.TakeAllAsync()).Attributes["traceparent"]);
    }

    [Theory]
    [InlineData(OtlpCollector.Http)]
    [InlineData(OtlpCollector.Grpc)]
    public async Task A_collector_that_does_not_answer_holds_nothing_up_and_is_not_complained_of(string protocol)
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        for (var i = 0; i < 3; i++)
            await SendAsync("traced", $"00-{TraceId}-{ParentId}-01");

        await using var poller = _site.StartPoller(
            "--drain", ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://{silent.LocalEndpoint}"), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol), ("ALLOWED_SOURCES", "*"), ("MAX_CONCURRENCY", "3"));
        Assert.Equal(0, (await poller.WaitForExitAsync(TimeSpan.FromSeconds(30))).ExitCode);

        Assert.Equal(3, (await _site.Completions.TakeAllAsync()).Count);
        Assert.DoesNotContain(poller.Log.Events, static line => line.Level is not null);
        Assert.Equal(poller.Log.Events.Count, poller.Log.All.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_OpenTelemetry_does_not_accept_is_78_and_one_line(bool isPoller)
    {
        (string, string?)[] settings = [("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"), ("OTEL_EXPORTER_OTLP_HEADERS", "garbage")];
        await using var program = isPoller
            ? _site.StartPoller("--drain", settings)
            : ProgramUnderTest.Start(Repository.Processor, ["--aipid=traced"], _site.Folder.Path, settings.ToDictionary(static s => s.Item1, static s => s.Item2), "{}");

        var end = await program.WaitForExitAsync();

        Assert.Equal(78, end.ExitCode);
        Assert.Contains("OTEL_", Assert.Single(end.Log.All), StringComparison.Ordinal);
    }

    private Task<string> SendAsync(string aipId, string traceParent) => _site.Requests.SendAsync(
        $$"""{"aipid":"{{aipId}}"}""", new Dictionary<string, string> { ["traceparent"] = traceParent, ["tracestate"] = "vendor=1", ["Correlation-Id"] = "42" });

    private static ReceivedSpan One(OtlpCollector collector, string name, string service, ReceivedSpan? parent = null) =>
        Assert.Single(collector.Spans, span => span.Name == name && span.Service == service && (parent is null || span.ParentId == parent.Id));
}
