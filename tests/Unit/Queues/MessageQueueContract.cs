using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Queues;

namespace Archiver.Tests.Queues;

/// <summary>What every <see cref="IMessageQueue"/> does. Time passes only through the lab: a real server can run them too.</summary>
public abstract partial class MessageQueueContract(QueueLab lab, bool fifo) : IAsyncDisposable
{
    protected static readonly TimeSpan ASecond = TimeSpan.FromSeconds(1);
    protected static readonly TimeSpan PastASecond = TimeSpan.FromSeconds(1.3);

    protected QueueLab Lab { get; } = lab;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Lab.DisposeAsync();
    }

    [Fact]
    public async Task A_message_arrives_as_it_was_sent()
    {
        var queue = await Lab.CreateAsync(fifo);
        var before = DateTimeOffset.UtcNow.AddYears(-50);
        var id = await queue.SendAsync(
            new OutgoingMessage("{\"aipid\": \"ärchive ☃ \t\r\n\"}")
            {
                Attributes = new Dictionary<string, MessageAttribute>
                {
                    ["Correlation-Id"] = MessageAttribute.Text("request ü 1"),
                    ["Tries"] = new("Number", "12.50"),
                    ["Blob"] = new("Binary.gif", null, new byte[] { 0, 1, 255 }),
                },
            },
            Token);

        var message = Assert.Single(await queue.ReceiveAsync(10, TimeSpan.Zero, Token));

        Assert.Equal(id, message.MessageId);
        Assert.Equal("{\"aipid\": \"ärchive ☃ \t\r\n\"}", message.Body);
        Assert.Equal(1, message.ReceiveCount);
        Assert.True(message.SentAt > before);
        Assert.NotEmpty(message.ReceiptHandle);
        Assert.Equal(fifo, message.GroupId is not null);
        Assert.Equal(["Blob", "Correlation-Id", "Tries"], message.Attributes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(MessageAttribute.Text("request ü 1"), message.Attributes["Correlation-Id"]);
        Assert.Equal(("Number", "12.50"), (message.Attributes["Tries"].DataType, message.Attributes["Tries"].StringValue));
        Assert.Equal("Binary.gif", message.Attributes["Blob"].DataType);
        Assert.Equal(new byte[] { 0, 1, 255 }, message.Attributes["Blob"].BinaryValue.ToArray());
    }

    [Fact]
    public async Task An_empty_queue_gives_an_empty_list()
    {
        var queue = await Lab.CreateAsync(fifo);

        Assert.Empty(await queue.ReceiveAsync(10, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task Ten_messages_can_come_in_one_receive_and_never_more()
    {
        var queue = await Lab.CreateAsync(fifo);
        await SendAsync(queue, Enumerable.Range(0, 12).Select(i => $"message {i}"));

        var first = await queue.ReceiveAsync(10, TimeSpan.Zero, Token);
        var second = await DrainAsync(queue);

        Assert.InRange(first.Count, 1, 10);
        Assert.Equal(12, first.Concat(second).Select(m => m.Body).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public async Task A_receive_asks_for_one_to_ten_messages(int count)
    {
        var queue = await Lab.CreateAsync(fifo);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.ReceiveAsync(count, TimeSpan.Zero, Token));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(21)]
    public async Task A_receive_waits_at_most_20_seconds(int seconds)
    {
        var queue = await Lab.CreateAsync(fifo);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => queue.ReceiveAsync(1, TimeSpan.FromSeconds(seconds), Token));
    }

    [Fact]
    public async Task A_waiting_receive_wakes_when_a_message_is_sent()
    {
        var queue = await Lab.CreateAsync(fifo);
        var receive = queue.ReceiveAsync(1, TimeSpan.FromSeconds(20), Token);

        await queue.SendAsync(new OutgoingMessage("wake up"), Token);

        Assert.Equal("wake up", Assert.Single(await receive.WaitAsync(TimeSpan.FromSeconds(10), Token)).Body);
    }

    [Fact]
    public async Task A_cancelled_receive_ends_and_takes_no_message_with_it()
    {
        var queue = await Lab.CreateAsync(fifo);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var receive = queue.ReceiveAsync(1, TimeSpan.FromSeconds(20), stop.Token);

        await stop.CancelAsync();
        await queue.SendAsync(new OutgoingMessage("still there"), Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receive.WaitAsync(TimeSpan.FromSeconds(10), Token));

        var message = Assert.Single(await queue.ReceiveAsync(1, TimeSpan.FromSeconds(5), Token));
        Assert.Equal("still there", message.Body);
    }

    [Fact]
    public async Task A_queue_tells_its_settings_and_counts()
    {
        var queue = await Lab.CreateAsync(fifo, TimeSpan.FromSeconds(42), maxReceives: 7);
        await SendAsync(queue, ["one", "two", "three"]);
        await ReceiveOneAsync(queue);

        var properties = await queue.GetPropertiesAsync(Token);

        Assert.Equal(TimeSpan.FromSeconds(42), properties.VisibilityTimeout);
        Assert.Equal(1024 * 1024, properties.Limits.MessageBytes);
        Assert.Equal(7, properties.Redrive?.MaxReceiveCount);
        Assert.Equal(fifo, properties.IsFifo);
        Assert.Equal((2, 1, 0), (properties.Visible, properties.InFlight, properties.Delayed));
    }

    [Fact]
    public async Task A_message_of_one_mebibyte_is_taken_and_a_larger_one_is_refused()
    {
        var queue = await Lab.CreateAsync(fifo);
        var largest = new string('x', 1024 * 1024);

        await queue.SendAsync(new OutgoingMessage(largest), Token);
        var error = await Assert.ThrowsAsync<ArchiverException>(() => queue.SendAsync(new OutgoingMessage(largest + "é"), Token));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains(queue.Location, error.Message, StringComparison.Ordinal);
        Assert.Equal(largest, (await ReceiveOneAsync(queue)).Body);
    }

    [Fact]
    public async Task Attributes_count_against_the_size()
    {
        var queue = await Lab.CreateAsync(fifo);
        var message = new OutgoingMessage(new string('x', (1024 * 1024) - 10))
        {
            Attributes = new Dictionary<string, MessageAttribute> { ["name"] = MessageAttribute.Text("value") },
        };

        var error = await Assert.ThrowsAsync<ArchiverException>(() => queue.SendAsync(message, Token));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
    }

    [Fact]
    public async Task Messages_that_no_queue_takes_are_refused()
    {
        var queue = await Lab.CreateAsync(fifo);
        var eleven = Enumerable.Range(0, 11).ToDictionary(i => $"a{i}", _ => MessageAttribute.Text("x"));
        OutgoingMessage[] refused =
        [
            new(""),
            new("x") { Attributes = eleven },
            new("x") { Attributes = new Dictionary<string, MessageAttribute> { ["a"] = MessageAttribute.Text("") } },
            new("x") { Attributes = new Dictionary<string, MessageAttribute> { ["a"] = new("Date", "x") } },
            new("x") { Attributes = new Dictionary<string, MessageAttribute> { ["a"] = new("Binary", "x") } },
            new("x") { Attributes = new Dictionary<string, MessageAttribute> { ["a"] = MessageAttribute.Text("a\u0001") } },
            new("x") { Attributes = new Dictionary<string, MessageAttribute> { ["a"] = new("Number", "one") } },
            new("x") { Attributes = new Dictionary<string, MessageAttribute> { ["a..b"] = MessageAttribute.Text("x") } },
            new("x") { Attributes = new Dictionary<string, MessageAttribute> { ["Amazon.a"] = MessageAttribute.Text("x") } },
            new("a\0b"),
            new("half of \uD83D"),
            new("\uFFFE"),
        ];

        foreach (var message in refused)
            Assert.Equal(ExitCode.DataError, (await Assert.ThrowsAsync<ArchiverException>(() => queue.SendAsync(message, Token))).ExitCode);
    }

    protected static async Task<ReceivedMessage> ReceiveOneAsync(IMessageQueue queue) =>
        Assert.Single(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));

    protected static async Task SendAsync(IMessageQueue queue, IEnumerable<string> bodies)
    {
        foreach (var body in bodies)
            await queue.SendAsync(new OutgoingMessage(body), Token);
    }

    /// <summary>Everything that is visible; a server may need several receives for it.</summary>
    protected static async Task<List<ReceivedMessage>> DrainAsync(IMessageQueue queue)
    {
        var all = new List<ReceivedMessage>();
        while (await queue.ReceiveAsync(10, TimeSpan.Zero, Token) is { Count: > 0 } some)
            all.AddRange(some);
        return all;
    }
}
