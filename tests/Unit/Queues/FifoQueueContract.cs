using Archiver.Queues;

namespace Archiver.Tests.Queues;

/// <summary>What a FIFO queue does besides: order within groups, and one message where its sender sent it twice.</summary>
public abstract class FifoQueueContract(QueueLab lab) : MessageQueueContract(lab, fifo: true)
{
    [Fact]
    public async Task Messages_of_a_group_come_in_order()
    {
        var queue = await Lab.CreateAsync(fifo: true);
        await SendToGroupAsync(queue, "g", "1", "2", "3");

        var bodies = new List<string>();
        while (await queue.ReceiveAsync(10, TimeSpan.Zero, Token) is { Count: > 0 } some)
        {
            bodies.AddRange(some.Select(m => m.Body));
            Assert.All(some, m => Assert.Equal("g", m.GroupId));
            Assert.Empty(await queue.DeleteAsync([.. some.Select(m => m.ReceiptHandle)], Token));
        }

        Assert.Equal(["1", "2", "3"], bodies);
    }

    [Fact]
    public async Task A_group_waits_while_one_of_its_messages_is_in_flight_and_others_do_not()
    {
        var queue = await Lab.CreateAsync(fifo: true);
        await SendToGroupAsync(queue, "a", "a1", "a2");
        await SendToGroupAsync(queue, "b", "b1");

        var first = await ReceiveOneAsync(queue);
        var other = await ReceiveOneAsync(queue);
        Assert.Empty(await queue.ReceiveAsync(10, TimeSpan.Zero, Token));
        await queue.DeleteAsync(first.ReceiptHandle, Token);
        var next = await ReceiveOneAsync(queue);

        Assert.Equal(["a1", "b1", "a2"], [first.Body, other.Body, next.Body]);
    }

    [Fact]
    public async Task A_message_given_back_comes_again_before_the_rest_of_its_group()
    {
        var queue = await Lab.CreateAsync(fifo: true);
        await SendToGroupAsync(queue, "g", "1", "2");
        var first = await ReceiveOneAsync(queue);

        await queue.ChangeVisibilityAsync(first.ReceiptHandle, TimeSpan.Zero, Token);

        Assert.Equal("1", (await ReceiveOneAsync(queue)).Body);
    }

    [Fact]
    public async Task A_message_received_too_often_makes_way_for_the_rest_of_its_group()
    {
        var queue = await Lab.CreateAsync(fifo: true, maxReceives: 1);
        await SendToGroupAsync(queue, "g", "poison", "good");
        await queue.ChangeVisibilityAsync((await ReceiveOneAsync(queue)).ReceiptHandle, TimeSpan.Zero, Token);

        Assert.Equal("good", Assert.Single(await DrainAsync(queue)).Body);
    }

    [Fact]
    public async Task The_same_deduplication_id_twice_is_one_message_even_after_it_was_deleted()
    {
        var queue = await Lab.CreateAsync(fifo: true);
        var message = new OutgoingMessage("once") { GroupId = "g", DeduplicationId = "d" };
        var first = await queue.SendAsync(message, Token);
        var second = await queue.SendAsync(message with { Body = "twice" }, Token);
        var received = Assert.Single(await DrainAsync(queue));
        await queue.DeleteAsync(received.ReceiptHandle, Token);
        await queue.SendAsync(message, Token);

        Assert.Equal(first, second);
        Assert.Equal("once", received.Body);
        Assert.Empty(await DrainAsync(queue));
    }

    [Fact]
    public async Task The_same_body_without_a_deduplication_id_is_one_message()
    {
        var queue = await Lab.CreateAsync(fifo: true);
        await SendAsync(queue, ["same", "same"]);

        Assert.Single(await DrainAsync(queue));
    }

    private static async Task SendToGroupAsync(IMessageQueue queue, string group, params string[] bodies)
    {
        foreach (var body in bodies)
            await queue.SendAsync(new OutgoingMessage(body) { GroupId = group }, Token);
    }
}
