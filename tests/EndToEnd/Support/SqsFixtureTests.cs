using Amazon.SQS.Model;

namespace Archiver.EndToEnd.Support;

public class SqsFixtureTests(SqsFixture sqs) : IClassFixture<SqsFixture>
{
    [Fact]
    public async Task A_message_comes_with_its_attributes_and_is_gone_once_deleted()
    {
        var queue = await sqs.CreateQueueAsync();
        var id = await queue.SendAsync("hello", new Dictionary<string, string> { ["Correlation-Id"] = "42" });

        var message = await queue.TakeOneAsync();

        Assert.Equal((id, "hello", "42"), (message.MessageId, message.Body, message.MessageAttributes["Correlation-Id"].StringValue));
        Assert.Empty(await queue.ReceiveAsync());
        Assert.Equal((0, 0), await queue.CountAsync());
    }

    [Fact]
    public async Task A_message_that_is_received_too_often_goes_to_the_dead_letter_queue()
    {
        var queue = await sqs.CreateQueueAsync(new QueueOptions { MaxReceiveCount = 2 });
        await queue.SendAsync("bad");

        foreach (var count in (string[])["1", "2"])
        {
            var message = await queue.ReceiveOneAsync();
            Assert.Equal(count, message.Attributes["ApproximateReceiveCount"]);
            await queue.ChangeVisibilityAsync(message, 0);
        }

        Assert.Empty(await queue.ReceiveAsync());
        Assert.Equal("bad", (await queue.DeadLetters!.TakeOneAsync()).Body);
    }

    [Fact]
    public async Task A_message_is_seen_again_after_its_visibility_timeout()
    {
        var queue = await sqs.CreateQueueAsync(new QueueOptions { VisibilityTimeout = TimeSpan.FromSeconds(1) });
        await queue.SendAsync("again");

        var first = await queue.ReceiveOneAsync();
        Assert.Empty(await queue.ReceiveAsync());
        var second = await queue.ReceiveOneAsync();

        Assert.Equal(first.MessageId, second.MessageId);
        Assert.NotEqual(first.ReceiptHandle, second.ReceiptHandle);
    }

    [Fact]
    public async Task A_group_of_a_FIFO_queue_waits_for_its_first_message()
    {
        var queue = await sqs.CreateQueueAsync(new QueueOptions { Fifo = true });
        await queue.SendAsync("a1", group: "a");
        await queue.SendAsync("a2", group: "a");
        await queue.SendAsync("b1", group: "b");

        var first = await queue.ReceiveOneAsync();
        var other = await queue.ReceiveOneAsync();
        Assert.Equal(("a1", "b1"), (first.Body, other.Body));
        Assert.Empty(await queue.ReceiveAsync());

        await queue.DeleteAsync(first);
        Assert.Equal("a2", (await queue.ReceiveOneAsync()).Body);
    }

    [Fact]
    public async Task Another_client_sends_and_receives_the_same_messages()
    {
        var queue = await sqs.CreateQueueAsync();

        var id = await JavaScriptSqs.SendAsync(queue.Url, "from there é", ("Correlation-Id", "a=b"));
        var message = await queue.TakeOneAsync();
        await queue.SendAsync("from here 漢", new Dictionary<string, string> { ["Correlation-Id"] = "42" });
        var received = await JavaScriptSqs.ReceiveAsync(queue.Url);

        Assert.Equal((id, "from there é", "a=b"), (message.MessageId, message.Body, message.MessageAttributes["Correlation-Id"].StringValue));
        Assert.Equal(("from here 漢", "42"), (received.Body, received.Attributes["Correlation-Id"]));
    }

    [Fact]
    public async Task A_proxy_fails_requests_and_the_client_retries_them()
    {
        var queue = await sqs.CreateQueueAsync();
        await using var proxy = await SqsFixture.StartProxyAsync();
        proxy.Faults.Add(new Fault(FaultKind.SlowDown) { Operations = ["SendMessage"], Times = 1 });
        proxy.Faults.Add(new Fault(FaultKind.Reset) { Operations = ["SendMessage"], Times = 1 });
        using var client = SqsFixture.ClientFor(proxy.Url);

        await client.SendMessageAsync(new SendMessageRequest(queue.Url, "through"), TestContext.Current.CancellationToken);

        Assert.Equal("through", (await queue.TakeOneAsync()).Body);
        Assert.Equal(3, proxy.Counters["SendMessage"].Requests);
        Assert.Equal((1, 1), (proxy.Counters[FaultKind.SlowDown], proxy.Counters[FaultKind.Reset]));
    }

    [Fact]
    public async Task A_message_whose_answer_is_lost_is_sent_twice()
    {
        var queue = await sqs.CreateQueueAsync();
        await using var proxy = await SqsFixture.StartProxyAsync();
        proxy.Faults.Add(new Fault(FaultKind.AnswerLost) { Operations = ["SendMessage"], Times = 1 });
        using var client = SqsFixture.ClientFor(proxy.Url);

        await client.SendMessageAsync(new SendMessageRequest(queue.Url, "twice"), TestContext.Current.CancellationToken);

        Assert.Equal("twice", (await queue.TakeOneAsync()).Body);
        Assert.Equal("twice", (await queue.TakeOneAsync()).Body);
        Assert.Empty(await queue.ReceiveAsync());
    }
}
