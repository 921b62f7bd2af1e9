using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Queues;

namespace Archiver.Tests.Queues;

/// <summary>Where queues on this machine are stricter than SQS: an old receipt handle never works.</summary>
public abstract class LocalQueueContract(LocalLab lab, bool fifo) : MessageQueueContract(lab, fifo)
{
    private readonly bool _fifo = fifo;

    [Fact]
    public async Task A_receive_of_an_empty_queue_ends_when_its_wait_ends()
    {
        var queue = await Lab.CreateAsync(_fifo);
        var receive = queue.ReceiveAsync(1, TimeSpan.FromSeconds(20), Token);

        await lab.PassTimeAsync(TimeSpan.FromSeconds(19));
        Assert.False(receive.IsCompleted);

        Assert.Empty(await lab.UntilAsync(receive));
    }

    [Fact]
    public async Task A_waiting_receive_wakes_when_a_visibility_timeout_ends()
    {
        var queue = await Lab.CreateAsync(_fifo, ASecond);
        await queue.SendAsync(new OutgoingMessage("work"), Token);
        await ReceiveOneAsync(queue);

        Assert.Equal(2, Assert.Single(await lab.UntilAsync(queue.ReceiveAsync(1, TimeSpan.FromSeconds(20), Token))).ReceiveCount);
    }

    [Fact]
    public async Task A_lease_that_ended_cannot_be_renewed()
    {
        var queue = await Lab.CreateAsync(_fifo, ASecond);
        await queue.SendAsync(new OutgoingMessage("work"), Token);
        var message = await ReceiveOneAsync(queue);
        await Lab.PassTimeAsync(PastASecond);

        var failure = await queue.ChangeVisibilityAsync(message.ReceiptHandle, TimeSpan.FromSeconds(30), Token);

        Assert.NotNull(failure);
        Assert.True(failure.LeaseLost);
        Assert.Equal(message.ReceiptHandle, failure.ReceiptHandle);
        Assert.NotEmpty(failure.Reason);
    }

    [Fact]
    public async Task An_old_receipt_handle_neither_deletes_nor_changes()
    {
        var queue = await Lab.CreateAsync(_fifo, ASecond);
        await queue.SendAsync(new OutgoingMessage("work"), Token);
        var old = await ReceiveOneAsync(queue);
        await Lab.PassTimeAsync(PastASecond);
        var newest = await ReceiveOneAsync(queue);

        Assert.True((await queue.DeleteAsync(old.ReceiptHandle, Token))?.LeaseLost);
        Assert.True((await queue.ChangeVisibilityAsync(old.ReceiptHandle, TimeSpan.Zero, Token))?.LeaseLost);

        Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));
        Assert.Null(await queue.DeleteAsync(newest.ReceiptHandle, Token));
    }

    [Fact]
    public async Task The_newest_receipt_handle_still_deletes_after_its_visibility_timeout()
    {
        var queue = await Lab.CreateAsync(_fifo, ASecond);
        await queue.SendAsync(new OutgoingMessage("work"), Token);
        var message = await ReceiveOneAsync(queue);
        await Lab.PassTimeAsync(PastASecond);

        Assert.Null(await queue.DeleteAsync(message.ReceiptHandle, Token));

        Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task A_receipt_handle_does_not_act_on_what_moved_to_the_dead_letter_queue()
    {
        var queue = await Lab.CreateAsync(_fifo, ASecond, maxReceives: 1);
        await queue.SendAsync(new OutgoingMessage("poison"), Token);
        var message = await ReceiveOneAsync(queue);
        await Lab.PassTimeAsync(PastASecond);
        Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));

        Assert.True((await queue.DeleteAsync(message.ReceiptHandle, Token))?.LeaseLost);

        var dead = Lab.Open((await queue.GetPropertiesAsync(Token)).Redrive!.DeadLetterQueue);
        var letter = await ReceiveOneAsync(dead);
        Assert.Equal(message.MessageId, letter.MessageId);
        Assert.Equal(1, letter.ReceiveCount);
        Assert.True((await queue.DeleteAsync(letter.ReceiptHandle, Token))?.LeaseLost);
        Assert.Null(await dead.DeleteAsync(letter.ReceiptHandle, Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("'; DROP TABLE messages; --")]
    public async Task What_is_no_receipt_handle_fails(string handle)
    {
        var queue = await Lab.CreateAsync(_fifo);

        Assert.True((await queue.DeleteAsync(handle, Token))?.LeaseLost);
        Assert.True((await queue.ChangeVisibilityAsync(handle, ASecond, Token))?.LeaseLost);
    }

    [Theory]
    [InlineData("\u007f \u0085 😀 \uFFFD \uFEFF")]
    [InlineData("\r\n \t ")]
    [InlineData("'\"%$1;--")]
    public async Task Any_text_comes_back_as_it_was_sent(string body) => Assert.Equal(body, await EchoAsync(body));

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused()
    {
        var queue = await Lab.CreateAsync(_fifo);
        const string half = "\uFFFD \uDC00 \uFFFD";
        OutgoingMessage[] refused =
        [
            new(half),
            new("x") { Attributes = new Dictionary<string, MessageAttribute> { ["a"] = MessageAttribute.Text(half) } },
        ];

        foreach (var message in refused)
        {
            var error = await Assert.ThrowsAsync<ArchiverException>(() => queue.SendAsync(message, Token));
            Assert.Equal(ExitCode.DataError, error.ExitCode);
            Assert.Contains("U+DC00", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task A_message_never_received_is_visible_to_a_receiver_whose_clock_is_behind()
    {
        var queue = await Lab.CreateAsync(_fifo);
        await queue.SendAsync(new OutgoingMessage("work"), Token);
        lab.SetClock(TimeSpan.FromHours(-1));

        Assert.Equal("work", (await ReceiveOneAsync(queue)).Body);
    }

    [Fact]
    public async Task A_dead_letter_is_visible_to_a_receiver_whose_clock_is_behind()
    {
        var queue = await Lab.CreateAsync(_fifo, ASecond, maxReceives: 1);
        await queue.SendAsync(new OutgoingMessage("poison"), Token);
        await ReceiveOneAsync(queue);
        await Lab.PassTimeAsync(PastASecond);
        Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));
        lab.SetClock(TimeSpan.FromHours(-1));

        Assert.Equal("poison", (await ReceiveOneAsync(Lab.Open((await queue.GetPropertiesAsync(Token)).Redrive!.DeadLetterQueue))).Body);
    }

    [Fact]
    public async Task What_came_back_keeps_its_place_before_what_was_sent_later()
    {
        var queue = await Lab.CreateAsync(_fifo, ASecond);
        await SendAsync(queue, ["first", "second"]);
        await ReceiveOneAsync(queue);
        await SendAsync(queue, ["third"]);
        await Lab.PassTimeAsync(PastASecond);

        Assert.Equal(["first", "second", "third"], (await DrainAsync(queue)).Select(m => m.Body));
    }

    [Fact]
    public async Task Many_receivers_never_get_the_same_message()
    {
        var queue = await Lab.CreateAsync(_fifo);
        await SendAsync(queue, Enumerable.Range(0, 200).Select(i => $"message {i}"));

        var received = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => DrainAsync(queue), Token)));

        Assert.Equal(200, received.Sum(r => r.Count));
        Assert.Equal(200, received.SelectMany(r => r).Select(m => m.MessageId).Distinct().Count());
    }

    private async Task<string> EchoAsync(string body)
    {
        var queue = await Lab.CreateAsync(_fifo);
        await queue.SendAsync(new OutgoingMessage(body), Token);
        return (await ReceiveOneAsync(queue)).Body;
    }
}
