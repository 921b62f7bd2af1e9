using System.Diagnostics;
using Amazon.SQS.Model;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Settings;
using Archiver.Queues;
using Archiver.Queues.Sqs;

namespace Archiver.EndToEnd.Queues;

public sealed class SqsSpecificsTests : IAsyncDisposable
{
    private readonly SqsLab _lab = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_queue_opens_by_its_bare_name()
    {
        var name = $"q{Guid.NewGuid():N}";
        await _lab.CreateUrlAsync(name);
        await using var queue = new QueueFactory(SqsEndpoint.Settings, new QueueSettings { Requests = name }).Open(name);

        var id = await queue.SendAsync(new OutgoingMessage("x"), Token);

        Assert.Equal(id, Assert.Single(await queue.ReceiveAsync(1, TimeSpan.Zero, Token)).MessageId);
        Assert.Equal(name, queue.Location);
    }

    [Fact]
    public async Task A_queue_s_url_is_its_endpoint_when_none_is_set_and_its_dead_letter_queue_is_found_the_same_way()
    {
        await using var made = await _lab.CreateAsync(fifo: false);
        var url = new Uri(new Uri(SqsEndpoint.Url), new Uri(made.Location).AbsolutePath).AbsoluteUri;
        var factory = new QueueFactory(SqsEndpoint.Settings with { EndpointUrlSqs = null }, new QueueSettings { Requests = url });
        await using var queue = factory.Open(url);

        await using var dead = await factory.OpenDeadLetterAsync(queue, Token);

        Assert.StartsWith(SqsEndpoint.Url.TrimEnd('/'), dead!.Location, StringComparison.Ordinal);
        await dead.SendAsync(new OutgoingMessage("rejected"), Token);
        Assert.Single(await dead.ReceiveAsync(1, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_is_a_wrong_setting()
    {
        var url = await _lab.CreateUrlAsync($"q{Guid.NewGuid():N}");
        string[] missing = ["no-such-queue", url.Replace("/q", "/no-such-queue", StringComparison.Ordinal)];

        foreach (var location in missing)
        {
            await using var queue = new SqsMessageQueue(location, SqsEndpoint.Settings);
            var error = await Assert.ThrowsAsync<ArchiverException>(() => queue.ReceiveAsync(1, TimeSpan.Zero, Token));
            Assert.Equal(ExitCode.Config, error.ExitCode);
            Assert.Contains(location, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_message_too_large_for_its_queue_is_refused()
    {
        var url = await _lab.CreateUrlAsync($"q{Guid.NewGuid():N}", ("MaximumMessageSize", "1024"));
        await using var queue = new SqsMessageQueue(url, SqsEndpoint.Settings);

        var error = await Assert.ThrowsAsync<ArchiverException>(() => queue.SendAsync(new OutgoingMessage(new string('x', 1025)), Token));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Equal(1024, (await queue.GetPropertiesAsync(Token)).MaximumMessageBytes);
    }

    [Fact]
    public async Task A_queue_without_a_redrive_policy_has_no_dead_letter_queue()
    {
        var url = await _lab.CreateUrlAsync($"q{Guid.NewGuid():N}");
        var factory = new QueueFactory(SqsEndpoint.Settings, new QueueSettings { Requests = url });
        await using var queue = factory.Open(url);

        Assert.Null(await factory.OpenDeadLetterAsync(queue, Token));
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
        await using var other = new SqsMessageQueue(queue.Location, SqsEndpoint.Settings);
        var message = Assert.Single(await other.ReceiveAsync(1, TimeSpan.FromSeconds(5), Token));
        Assert.Equal("late", message.Body);
    }

    [Fact]
    public async Task Disposing_a_queue_hangs_up_at_once()
    {
        var queue = new SqsMessageQueue((await _lab.CreateAsync(fifo: false)).Location, SqsEndpoint.Settings);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.ReceiveAsync(1, TimeSpan.FromSeconds(20), stop.Token));
        var watch = Stopwatch.StartNew();

        await queue.DisposeAsync();

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Messages_of_other_senders_are_read_as_they_are()
    {
        await using var queue = await _lab.CreateAsync(fifo: false);
        await _lab.Client.SendMessageAsync(
            new SendMessageRequest
            {
                QueueUrl = queue.Location,
                MessageBody = "{}",
                MessageAttributes = new() { ["traceparent"] = new() { DataType = "String", StringValue = "00-1-2-01" } },
            },
            Token);

        var message = Assert.Single(await queue.ReceiveAsync(10, TimeSpan.FromSeconds(1), Token));

        Assert.Equal("00-1-2-01", message.Attributes["traceparent"].StringValue);
        Assert.InRange(message.SentAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }
}
