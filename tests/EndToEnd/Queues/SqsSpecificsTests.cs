using System.Diagnostics;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.EndToEnd.Support;
using Archiver.Queues;
using Archiver.Queues.Sqs;

namespace Archiver.EndToEnd.Queues;

public sealed class SqsSpecificsTests(SqsFixture sqs) : IClassFixture<SqsFixture>, IAsyncDisposable
{
    private readonly SqsLab _lab = new(sqs);

    private static AwsConnection Settings => SqsSettings.Read();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_queue_opens_by_its_bare_name()
    {
        var name = (await sqs.CreateQueueAsync()).Name;
        await using var queue = new QueueFactory(Settings).Open(name);

        var id = await queue.SendAsync(new OutgoingMessage("x"), Token);

        Assert.Equal(id, Assert.Single(await queue.ReceiveAsync(1, TimeSpan.Zero, Token)).MessageId);
        Assert.Equal(name, queue.Location);
    }

    [Fact]
    public async Task A_queue_s_url_is_its_endpoint_when_none_is_set_and_its_dead_letter_queue_is_found_the_same_way()
    {
        await using var made = await _lab.CreateAsync(fifo: false);
        var url = new Uri(new Uri(Settings.EndpointUrl!), new Uri(made.Location).AbsolutePath).AbsoluteUri;
        var factory = new QueueFactory(Settings with { EndpointUrl = null });
        await using var queue = factory.Open(url);

        await using var dead = factory.Open((await QueueFactory.FindDeadLetterAsync(queue, configured: null, Token))!);

        Assert.StartsWith(Settings.EndpointUrl!, dead.Location, StringComparison.Ordinal);
        await dead.SendAsync(new OutgoingMessage("rejected"), Token);
        Assert.Single(await dead.ReceiveAsync(1, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_is_a_wrong_setting()
    {
        var queueUrl = (await sqs.CreateQueueAsync()).Url;
        string[] missing = ["no-such-queue", queueUrl + "-not"];

        foreach (var location in missing)
        {
            await using var queue = new SqsMessageQueue(location, Settings);
            var error = await Assert.ThrowsAsync<ArchiverException>(() => queue.ReceiveAsync(1, TimeSpan.Zero, Token));
            Assert.Equal(ExitCode.Config, error.ExitCode);
            Assert.Contains(location, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_message_too_large_for_its_queue_is_refused()
    {
        var url = (await sqs.CreateQueueAsync()).Url;
        await sqs.Client.SetQueueAttributesAsync(url, new() { ["MaximumMessageSize"] = "1024" }, Token);
        await using var queue = new SqsMessageQueue(url, Settings);

        var error = await Assert.ThrowsAsync<ArchiverException>(() => queue.SendAsync(new OutgoingMessage(new string('x', 1025)), Token));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Equal(1024, (await queue.GetPropertiesAsync(Token)).MaximumMessageBytes);
    }

    [Fact]
    public async Task A_queue_without_a_redrive_policy_has_no_dead_letter_queue()
    {
        var url = (await sqs.CreateQueueAsync()).Url;
        var factory = new QueueFactory(Settings);
        await using var queue = factory.Open(url);

        Assert.Null(await QueueFactory.FindDeadLetterAsync(queue, configured: null, Token));
    }

    [Fact]
    public async Task What_comes_after_a_receive_was_cancelled_is_visible_again_at_once()
    {
        await using var queue = await _lab.CreateAsync(fifo: false, visibility: TimeSpan.FromMinutes(10));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var receive = queue.ReceiveAsync(1, TimeSpan.FromSeconds(20), stop.Token);
        await Task.Delay(500, Token);
        var watch = Stopwatch.StartNew();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receive);

        // The call is still open on the server, and takes the next message.
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        await queue.SendAsync(new OutgoingMessage("late"), Token);
        await using var other = new SqsMessageQueue(queue.Location, Settings);
        var message = Assert.Single(await other.ReceiveAsync(1, TimeSpan.FromSeconds(5), Token));
        Assert.Equal("late", message.Body);
    }

    [Fact]
    public async Task Disposing_a_queue_hangs_up_at_once()
    {
        var queue = new SqsMessageQueue((await _lab.CreateAsync(fifo: false)).Location, Settings);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.ReceiveAsync(1, TimeSpan.FromSeconds(20), stop.Token));
        var watch = Stopwatch.StartNew();

        await queue.DisposeAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Messages_of_other_senders_are_read_as_they_are()
    {
        var sender = await sqs.CreateQueueAsync();
        var id = await sender.SendAsync("{}", new Dictionary<string, string> { ["traceparent"] = "00-1-2-01" });
        await using var queue = new SqsMessageQueue(sender.Url, Settings);

        var message = Assert.Single(await queue.ReceiveAsync(10, TimeSpan.FromSeconds(1), Token));

        Assert.Equal((id, "{}", "00-1-2-01"), (message.MessageId, message.Body, message.Attributes["traceparent"].StringValue));
        Assert.InRange(message.SentAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [Theory]
    [InlineData(FaultKind.SlowDown)]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.AnswerLost)]
    public async Task A_delete_that_fails_on_its_way_is_tried_again(FaultKind kind)
    {
        var made = await sqs.CreateQueueAsync();
        await made.SendAsync("work");
        await using var proxy = await SqsFixture.StartProxyAsync();
        proxy.Faults.Add(new Fault(kind) { Operations = ["DeleteMessageBatch"], Times = 1 });
        await using var queue = new SqsMessageQueue(made.Url, Settings with { EndpointUrl = proxy.Url.AbsoluteUri });
        var message = Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), Token));

        Assert.Null(await queue.DeleteAsync(message.ReceiptHandle, Token));

        Assert.Equal(2, proxy.Counters["DeleteMessageBatch"].Requests);
        Assert.Equal((0, 0), await made.CountAsync());
    }

    [Fact]
    public async Task A_server_that_keeps_failing_is_unavailable()
    {
        var made = await sqs.CreateQueueAsync();
        await using var proxy = await SqsFixture.StartProxyAsync();
        proxy.Faults.Add(new Fault(FaultKind.SlowDown) { Operations = ["ReceiveMessage"] });
        await using var queue = new SqsMessageQueue(made.Url, Settings with { EndpointUrl = proxy.Url.AbsoluteUri });

        var error = await Assert.ThrowsAsync<ArchiverException>(() => queue.ReceiveAsync(1, TimeSpan.Zero, Token));

        Assert.Equal(ExitCode.Unavailable, error.ExitCode);
    }
}
