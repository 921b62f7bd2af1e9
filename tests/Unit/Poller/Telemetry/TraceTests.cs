using System.Diagnostics;
using System.Text.Json;
using Archiver.Poller.Health;
using Archiver.Poller.Jobs;
using Archiver.Poller.Receiving;
using Archiver.Poller.Requests;
using Archiver.Poller.Settling;
using Archiver.Poller.Telemetry;
using Archiver.Poller.Validation;
using Archiver.Queues;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller.Telemetry;

/// <summary>How a message's trace goes on, with a listener and without.</summary>
public sealed class TraceTests : IDisposable
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string Parent = $"00-{TraceId}-b7ad6b7169203331-01";

    private readonly List<Activity> _ended = [];
    private readonly PollerMetrics _metrics = new(new PollerHealth(TimeProvider.System), TimeProvider.System);
    private ActivityListener? _listener;

    public void Dispose()
    {
        _listener?.Dispose();
        _metrics.Dispose();
    }

    [Theory]
    [InlineData(Parent, true)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", true)]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01", false)]
    [InlineData("nonsense", false)]
    [InlineData("", false)]
    public void Only_a_well_formed_context_is_taken_from_a_message(string traceParent, bool isTaken) =>
        Assert.Equal(isTaken ? new TraceContext(traceParent, "vendor=1") : null, TraceContext.From(With(("traceparent", traceParent), ("tracestate", "vendor=1")).Attributes));

    [Fact]
    public void Without_a_listener_what_came_goes_on_as_it_came()
    {
        var message = With(("traceparent", Parent), ("Correlation-Id", "42"));
        using var life = Telemetry("requests").Begin(IncomingRequest.Read(message));

        Assert.Equal(new TraceContext(Parent, null), TraceContext.For(message.Attributes));
        Assert.Same(message.Attributes, TraceContext.LeadOn(message.Attributes));
        Assert.Null(TraceContext.For(MessageAttribute.None));
    }

    [Fact]
    public async Task Every_span_of_a_message_is_in_the_trace_that_it_came_with()
    {
        Listen();
        var message = With(("traceparent", Parent), ("tracestate", "vendor=1"));
        var request = IncomingRequest.Read(message);
        TraceContext? ofChild = null;
        TraceContext? ofCompletion = null;
        using (var life = Telemetry("https://sqs.eu-central-1.amazonaws.com/123456789012/requests").Begin(request))
        {
            await new RequestCheck(new SnsGate([], SnsCertificates.OverHttp(), TimeProvider.System), new AnythingGoes()).CheckAsync(request, TestContext.Current.CancellationToken);
            var outcome = await life.RunProcessorAsync(() =>
            {
                ofChild = TraceContext.For(message.Attributes);
                return Task.FromResult(new ProcessorOutcome(0, Some.Success));
            });
            await life.EndAsync(DispositionKind.Complete, outcome, () =>
            {
                ofCompletion = TraceContext.From(TraceContext.LeadOn(message.Attributes));
                return Task.FromResult(new Disposition(DispositionKind.Complete));
            });
        }

        var spans = _ended.ToDictionary(static span => span.OperationName);
        var process = spans["process requests"];
        Assert.Equal(["complete", "process requests", "run processor", "validate"], spans.Keys.Order());
        Assert.All(_ended, static span => Assert.Equal(TraceId, span.TraceId.ToString()));
        Assert.Equal("b7ad6b7169203331", process.ParentSpanId.ToString());
        Assert.All(_ended.Where(span => span != process), span => Assert.Equal(process.SpanId, span.ParentSpanId));
        Assert.Equal(new TraceContext(spans["run processor"].Id!, "vendor=1"), ofChild);
        Assert.Equal(new TraceContext(spans["complete"].Id!, "vendor=1"), ofCompletion);
        Assert.Equal(
            ("aws_sqs", "requests", message.MessageId, ActivityKind.Consumer, ActivityStatusCode.Unset),
            (process.GetTagItem("messaging.system"), process.GetTagItem("messaging.destination.name"), process.GetTagItem("messaging.message.id"), process.Kind, process.Status));
    }

    [Fact]
    public async Task A_message_without_a_trace_begins_one_and_its_completion_tells_of_it()
    {
        Listen();
        var message = Some.Message();
        IReadOnlyDictionary<string, MessageAttribute>? told = null;
        using (var life = Telemetry("sqlite:./queue.db#requests").Begin(IncomingRequest.Read(message)))
            await life.EndAsync(DispositionKind.Reject, new ProcessorOutcome(66, Some.Failure), () =>
            {
                told = TraceContext.LeadOn(message.Attributes);
                return Task.FromResult(new Disposition(DispositionKind.Reject));
            });

        var process = _ended.Single(static span => span.OperationName == "process requests");
        Assert.Equal(default, process.ParentSpanId);
        Assert.Equal(process.TraceId.ToString(), TraceContext.From(told!)!.TraceParent.Split('-')[1]);
        Assert.Equal(("sqlite", "NOINPUT", ActivityStatusCode.Error), (process.GetTagItem("messaging.system"), process.GetTagItem("error.type"), process.Status));
    }

    [Fact]
    public void Nothing_that_is_too_long_goes_on()
    {
        var state = string.Join(',', Enumerable.Range(0, 10_000).Select(static i => $"vendor{i}=x"));
        var message = With(("traceparent", Parent), ("tracestate", state));

        Assert.InRange(TraceContext.For(message.Attributes)!.TraceState!.Length, 1, 512);
        Assert.Equal(TraceContext.For(message.Attributes)!.TraceState, TraceContext.LeadOn(message.Attributes)["tracestate"].StringValue);
        Assert.Equal(Parent, TraceContext.LeadOn(message.Attributes)["traceparent"].StringValue);
    }

    [Fact]
    public void Of_a_later_version_s_parent_only_the_known_part_is_taken() =>
        Assert.Equal(Parent, TraceContext.From(With(("traceparent", $"cc{Parent[2..]}-{new string('x', 100_000)}")).Attributes)?.TraceParent);

    [Fact]
    public void Ten_attributes_are_not_made_eleven()
    {
        Listen();
        var message = With([.. Enumerable.Range(0, 10).Select(static i => ($"attribute{i}", "x"))]);
        using var life = Telemetry("requests").Begin(IncomingRequest.Read(message));

        Assert.Equal(message.Attributes, TraceContext.LeadOn(message.Attributes));
    }

    private MessageTelemetry Telemetry(string queue) => new(_metrics, queue, TimeProvider.System);

    private sealed class AnythingGoes : IMessageValidator
    {
        public string? FindProblem(JsonElement body) => null;
    }

    // Spans of other tests that run meanwhile are left out.
    private void Listen()
    {
        var test = new AsyncLocal<bool> { Value = true };
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == PollerSpans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => test.Value ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = _ended.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private static ReceivedMessage With(params (string Name, string Value)[] attributes) =>
        Some.Message() with { Attributes = attributes.ToDictionary(static a => a.Name, static a => MessageAttribute.Text(a.Value)) };
}
