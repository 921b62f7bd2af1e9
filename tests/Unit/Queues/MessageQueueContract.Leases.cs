using Archiver.Queues;

namespace Archiver.Tests.Queues;

/// <summary>Visibility, deletion, redrive.</summary>
public abstract partial class MessageQueueContract
{
    [Fact]
    public async Task A_received_message_is_hidden_until_its_visibility_timeout_ends()
    {
        var queue = await Lab.CreateAsync(fifo, ASecond);
        await queue.SendAsync(new OutgoingMessage("work"), Token);
        var first = await ReceiveOneAsync(queue);
        Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));

        await Lab.PassTimeAsync(PastASecond);
        var second = await ReceiveOneAsync(queue);

        Assert.Equal(first.MessageId, second.MessageId);
        Assert.NotEqual(first.ReceiptHandle, second.ReceiptHandle);
        Assert.Equal(2, second.ReceiveCount);
        Assert.Equal(first.SentAt, second.SentAt);
    }

    [Fact]
    public async Task Deleted_messages_never_come_back()
    {
        var queue = await Lab.CreateAsync(fifo, ASecond);
        await SendAsync(queue, Enumerable.Range(0, 12).Select(i => $"message {i}"));
        var received = await DrainAsync(queue);

        // Twelve do not fit into one SQS batch.
        Assert.Empty(await queue.DeleteAsync([.. received.Select(m => m.ReceiptHandle)], Token));
        await Lab.PassTimeAsync(PastASecond);

        Assert.Empty(await queue.ReceiveAsync(10, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task Deleting_twice_is_no_failure()
    {
        var queue = await Lab.CreateAsync(fifo);
        await queue.SendAsync(new OutgoingMessage("work"), Token);
        var message = await ReceiveOneAsync(queue);

        Assert.Null(await queue.DeleteAsync(message.ReceiptHandle, Token));
        Assert.Null(await queue.DeleteAsync(message.ReceiptHandle, Token));
    }

    [Fact]
    public async Task Nothing_to_delete_and_nothing_to_change_is_no_failure()
    {
        var queue = await Lab.CreateAsync(fifo);

        Assert.Empty(await queue.DeleteAsync([], Token));
        Assert.Empty(await queue.ChangeVisibilityAsync([], Token));
    }

    [Fact]
    public async Task A_message_can_be_kept_hidden_longer()
    {
        var queue = await Lab.CreateAsync(fifo, ASecond);
        await queue.SendAsync(new OutgoingMessage("long work"), Token);
        var message = await ReceiveOneAsync(queue);

        Assert.Null(await queue.ChangeVisibilityAsync(message.ReceiptHandle, TimeSpan.FromSeconds(30), Token));
        await Lab.PassTimeAsync(PastASecond);

        Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));
        Assert.Null(await queue.DeleteAsync(message.ReceiptHandle, Token));
    }

    [Fact]
    public async Task Messages_can_be_given_back_at_once()
    {
        var queue = await Lab.CreateAsync(fifo);
        await SendAsync(queue, Enumerable.Range(0, 12).Select(i => $"message {i}"));
        var received = await DrainAsync(queue);

        Assert.Empty(await queue.ChangeVisibilityAsync([.. received.Select(m => new VisibilityChange(m.ReceiptHandle, TimeSpan.Zero))], Token));

        var again = await DrainAsync(queue);
        Assert.Equal(12, again.Count);
        Assert.All(again, m => Assert.Equal(2, m.ReceiveCount));
    }

    [Fact]
    public async Task A_message_can_be_hidden_for_more_than_12_hours_as_far_as_the_queue_allows()
    {
        var queue = await Lab.CreateAsync(fifo);
        await queue.SendAsync(new OutgoingMessage("very long work"), Token);
        var message = await ReceiveOneAsync(queue);

        // SQS refuses anything beyond 12 hours after the receive; either way, the lease is kept.
        await queue.ChangeVisibilityAsync(message.ReceiptHandle, TimeSpan.FromDays(2), Token);

        Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));
        Assert.Null(await queue.DeleteAsync(message.ReceiptHandle, Token));
    }

    [Fact]
    public async Task The_lease_of_a_deleted_message_is_lost()
    {
        var queue = await Lab.CreateAsync(fifo);
        await queue.SendAsync(new OutgoingMessage("work"), Token);
        var message = await ReceiveOneAsync(queue);
        await queue.DeleteAsync(message.ReceiptHandle, Token);

        Assert.True((await queue.ChangeVisibilityAsync(message.ReceiptHandle, ASecond, Token))?.LeaseLost);
    }

    [Fact]
    public async Task One_failure_in_a_batch_leaves_the_others_done()
    {
        var queue = await Lab.CreateAsync(fifo);
        await SendAsync(queue, ["one", "two"]);
        var received = await DrainAsync(queue);
        await queue.DeleteAsync(received[0].ReceiptHandle, Token);

        var failures = await queue.ChangeVisibilityAsync([.. received.Select(m => new VisibilityChange(m.ReceiptHandle, TimeSpan.Zero))], Token);

        Assert.Equal(received[0].ReceiptHandle, Assert.Single(failures).ReceiptHandle);
        Assert.Equal(received[1].MessageId, (await ReceiveOneAsync(queue)).MessageId);
    }

    [Fact]
    public async Task A_message_received_too_often_moves_to_the_dead_letter_queue()
    {
        var queue = await Lab.CreateAsync(fifo, maxReceives: 2);
        await queue.SendAsync(new OutgoingMessage("poison") { Attributes = new Dictionary<string, MessageAttribute> { ["a"] = MessageAttribute.Text("b") } }, Token);
        for (var i = 0; i < 2; i++)
            await queue.ChangeVisibilityAsync((await ReceiveOneAsync(queue)).ReceiptHandle, TimeSpan.Zero, Token);

        Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));

        var redrive = (await queue.GetPropertiesAsync(Token)).Redrive;
        Assert.Equal(2, redrive?.MaxReceiveCount);
        var dead = await ReceiveOneAsync(Lab.Open(redrive!.DeadLetterQueue));
        Assert.Equal("poison", dead.Body);
        Assert.Equal("b", dead.Attributes["a"].StringValue);
    }

    [Fact]
    public async Task A_dead_letter_queue_has_no_redrive_itself()
    {
        var queue = await Lab.CreateAsync(fifo);
        var redrive = (await queue.GetPropertiesAsync(Token)).Redrive;

        Assert.Null((await Lab.Open(redrive!.DeadLetterQueue).GetPropertiesAsync(Token)).Redrive);
    }
}
