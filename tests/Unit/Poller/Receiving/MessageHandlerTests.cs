using System.Text.Json;
using Archiver.Contract.Boundary;
using Archiver.Poller.Health;
using Archiver.Poller.Jobs;
using Archiver.Poller.Leases;
using Archiver.Poller.Receiving;
using Archiver.Poller.Requests;
using Archiver.Poller.Retries;
using Archiver.Poller.Settling;
using Archiver.Poller.Telemetry;
using Archiver.Poller.Validation;
using Archiver.Queues;
using Archiver.Queues.Memory;
using Serilog.Core;

namespace Archiver.Tests.Poller.Receiving;

/// <summary>Messages for which no processor may be started: here there is none, and to start it would end in 78.</summary>
public sealed class MessageHandlerTests : IAsyncDisposable
{
    private static readonly Backoff Backoff = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    private readonly MemoryMessageQueue _requests = new("requests");
    private readonly MemoryMessageQueue _completions = new("completions");
    private readonly MemoryMessageQueue _deadLetters = new("dead");
    private readonly LeaseRenewer _leases;
    private readonly PollerMetrics _metrics;
    private readonly MessageHandler _handler;

    public MessageHandlerTests()
    {
        var time = TimeProvider.System;
        _leases = new LeaseRenewer(_requests, TimeSpan.FromSeconds(30), time, Logger.None);
        _metrics = new PollerMetrics(new PollerHealth(time), time);
        _handler = new MessageHandler(
            new RequestCheck(new SnsGate([], SnsCertificates.OverHttp(), time), new AnythingGoes()), new ProcessorRunner("/no/such/program", [], new ProcessorLimits(), time), _leases,
            static () => new DispositionPolicy(Backoff, MaxReceiveCount: 3, HasDeadLetterQueue: true),
            new Settlement(new MessageQueues(_requests, new BoundedQueue(_completions, 1 << 20), new BoundedQueue(_deadLetters, 1 << 20)), _leases, time),
            new MessageTelemetry(_metrics, _requests.Location, time), Logger.None);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _leases.DisposeAsync();
        _metrics.Dispose();
        await _requests.DisposeAsync();
        await _completions.DisposeAsync();
        await _deadLetters.DisposeAsync();
    }

    [Fact]
    public async Task What_was_received_too_often_is_rejected_unworked()
    {
        var message = await ReceiveAsync("""{"aipid":"mds2909"}""", receiveCount: 4);

        Assert.Equal(DispositionKind.Reject, (await _handler.HandleAsync(message, Token)).Kind);

        var dead = Assert.Single(await _deadLetters.ReceiveAsync(1, TimeSpan.Zero, Token));
        Assert.Contains("This is receive 4", dead.Attributes[DeadLetterMessage.ReasonAttribute].StringValue, StringComparison.Ordinal);
        Assert.Contains("\"success\":false", Assert.Single(await _completions.ReceiveAsync(1, TimeSpan.Zero, Token)).Body, StringComparison.Ordinal);
        Assert.Equal(0, (await _requests.GetPropertiesAsync(Token)).InFlight);
    }

    [Fact]
    public async Task At_the_last_receive_that_is_allowed_it_is_worked_on()
    {
        var message = await ReceiveAsync("""{"aipid":"mds2909"}""", receiveCount: 3);

        var disposition = await _handler.HandleAsync(message, Token);

        Assert.Equal((DispositionKind.Reject, OutageSign.Possible), (disposition.Kind, disposition.Outage));
        Assert.Equal($"{ExitCode.Config}", Assert.Single(await _deadLetters.ReceiveAsync(1, TimeSpan.Zero, Token)).Attributes[DeadLetterMessage.ExitCodeAttribute].StringValue);
    }

    [Fact]
    public async Task A_rejected_notification_goes_to_the_dead_letter_queue_as_it_came()
    {
        const string Body = """{"Type":"Notification","TopicArn":"arn:aws:sns:eu-west-1:1:t","Message":"good morning"}""";

        await _handler.HandleAsync(await ReceiveAsync(Body, receiveCount: 1), Token);

        Assert.Equal(Body, Assert.Single(await _deadLetters.ReceiveAsync(1, TimeSpan.Zero, Token)).Body);
    }

    [Fact]
    public async Task A_body_that_is_no_text_is_rejected_like_any_other()
    {
        var message = await ReceiveAsync("x", receiveCount: 1) with { Body = "\"half of \uD83D\"" };

        var disposition = await _handler.HandleAsync(message, Token);

        // Too broken even for the dead-letter queue: left where it is, until the queue itself moves it.
        Assert.Equal((DispositionKind.Release, OutageSign.None), (disposition.Kind, disposition.Outage));
    }

    private async Task<ReceivedMessage> ReceiveAsync(string body, int receiveCount)
    {
        await _requests.SendAsync(new OutgoingMessage(body), Token);
        return Assert.Single(await _requests.ReceiveAsync(1, TimeSpan.Zero, Token)) with { ReceiveCount = receiveCount };
    }

    private sealed class AnythingGoes : IMessageValidator
    {
        public string? FindProblem(JsonElement body) => null;
    }
}
