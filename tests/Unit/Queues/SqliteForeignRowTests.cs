using Archiver.Queues;
using Archiver.Queues.Local;
using Archiver.Queues.Sqlite;

namespace Archiver.Tests.Queues;

/// <summary>Rows that another program put into a queue file are delivered whatever they hold, and harm no other message.</summary>
public sealed class SqliteForeignRowTests : IAsyncDisposable
{
    private readonly SqliteFolder _place = new();
    private readonly SqliteMessageQueue _queue;

    public SqliteForeignRowTests() => _queue = new SqliteMessageQueue(_place.Location, new LocalQueueOptions { MaxReceiveCount = 2 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        _place.Dispose();
    }

    [Theory]
    [InlineData("42", "42")]
    [InlineData("4.5", "4.5")]
    [InlineData("''", " ")]
    [InlineData("x''", " ")]
    [InlineData("CAST('{\"aipid\": \"ü\"}' AS BLOB)", "{\"aipid\": \"ü\"}")]
    [InlineData("x'610000006200'", "a\0b")]
    [InlineData("CAST(x'7BFF7D' AS TEXT)", "{\uFFFD}")]
    [InlineData("x'FFFFFF'", "\uFFFD\uFFFD\uFFFD")]
    [InlineData("x'3DD82000'", "\uFFFD ")]
    public async Task A_body_of_any_type_is_delivered_as_text(string body, string text)
    {
        _place.Insert(body: body);

        await AssertHandledAsync(text);
    }

    [Theory]
    [InlineData("'request 17'")]
    [InlineData("''")]
    [InlineData("17")]
    [InlineData("x'00FF'")]
    [InlineData("'a.b'")]
    [InlineData("'{00000000-0000-0000-0000-000000000000}'")]
    public async Task An_id_may_be_anything(string id)
    {
        _place.Insert(id: id);

        await AssertHandledAsync("{}");
    }

    [Theory]
    [InlineData("datetime('now')")]
    [InlineData("'soon'")]
    [InlineData("x'00'")]
    [InlineData("-5")]
    [InlineData("0.5")]
    [InlineData("9223372036854775807")]
    [InlineData("1e300")]
    [InlineData("unixepoch() * 1000")]
    public async Task A_time_may_be_anything(string time)
    {
        _place.Insert(sentAt: time, visibleAt: time);

        await AssertHandledAsync("{}");
    }

    [Theory]
    [InlineData("'many'")]
    [InlineData("x'01'")]
    [InlineData("-1")]
    [InlineData("0.5")]
    public async Task A_receive_count_may_be_anything(string receives)
    {
        _place.Insert(receives: receives);

        await AssertHandledAsync("{}");
    }

    [Theory]
    [InlineData("7")]
    [InlineData("x'FF'")]
    [InlineData("''")]
    public async Task A_group_may_be_anything(string group)
    {
        _place.Insert(group: group);

        await AssertHandledAsync("{}");
    }

    [Theory]
    [InlineData("'hello'", "")]
    [InlineData("''", "")]
    [InlineData("7", "")]
    [InlineData("x'7B7D'", "")]
    [InlineData("'null'", "")]
    [InlineData("'[1]'", "")]
    [InlineData("""'{"a": null, "b": [], "c": {}, "d": {"type": "Date", "text": "x"}, "e": {"type": "String"}, "f": {"type": "Binary", "bytes": "!"}, "": "x"}'""", "")]
    [InlineData("""'{"a": "x", "b": 1.50, "c": {"type": "String", "text": "y"}, "d": {"type": "Binary.gif", "bytes": "AAE="}}'""", "a:String=x b:Number=1.50 c:String=y d:Binary.gif=")]
    [InlineData("""'{"a": "x", "b": "\ud800"}'""", "a:String=x")]
    public async Task Readable_attributes_are_delivered(string attributes, string told)
    {
        _place.Insert(attributes: attributes);

        var message = await AssertHandledAsync("{}");

        Assert.Equal(told, string.Join(" ", message.Attributes.Select(a => $"{a.Key}:{a.Value.DataType}={a.Value.StringValue}")));
    }

    [Theory]
    [InlineData("'{' || hex(zeroblob(1048576))")]
    [InlineData("zeroblob(200000000)")]
    public async Task A_row_that_is_too_large_moves_to_the_dead_letters_with_its_reason(string body)
    {
        _place.Insert(body: body);
        await _queue.SendAsync(new OutgoingMessage("honest"), Token);

        Assert.Equal("honest", Assert.Single(await _queue.ReceiveAsync(10, TimeSpan.Zero, Token)).Body);

        await using var dead = new SqliteMessageQueue($"sqlite:{_place.File}#requests-dead");
        var letter = Assert.Single(await dead.ReceiveAsync(10, TimeSpan.Zero, Token));
        Assert.Contains("1048576 bytes", letter.Attributes["Archiver-Reason"].StringValue, StringComparison.Ordinal);
        Assert.InRange(letter.Body.Length, 1, 100);
        Assert.Null(await dead.DeleteAsync(letter.ReceiptHandle, Token));
        Assert.Empty(await dead.ReceiveAsync(10, TimeSpan.Zero, Token));
    }

    [Theory]
    [InlineData("visibility_ms = 'long', max_receives = 'few'")]
    [InlineData("visibility_ms = 9223372036854775807, max_receives = 9223372036854775807")]
    [InlineData("visibility_ms = -1, max_receives = -1, dead_letters = id")]
    public async Task A_queue_row_may_be_wrong(string set)
    {
        _place.Ask($"UPDATE queues SET {set} WHERE name = 'requests'");
        await _queue.SendAsync(new OutgoingMessage("{}"), Token);
        await _queue.DisposeAsync();

        await using var again = new SqliteMessageQueue(_place.Location);

        Assert.InRange((await again.GetPropertiesAsync(Token)).VisibilityTimeout, TimeSpan.Zero, TimeSpan.FromHours(12));
        Assert.Single(await again.ReceiveAsync(1, TimeSpan.Zero, Token));
    }

    /// <summary>The row is received like any other until it moves to the dead-letter queue, where it is deleted.</summary>
    private async Task<ReceivedMessage> AssertHandledAsync(string body)
    {
        await _queue.SendAsync(new OutgoingMessage("honest"), Token);

        var received = await _queue.ReceiveAsync(10, TimeSpan.Zero, Token);

        Assert.Equal([body, "honest"], received.Select(m => m.Body));
        var message = received[0];
        Assert.Equal(1, message.ReceiveCount);
        Assert.Null(await _queue.ChangeVisibilityAsync(message.ReceiptHandle, TimeSpan.FromSeconds(30), Token));
        Assert.Null(await _queue.ChangeVisibilityAsync(message.ReceiptHandle, TimeSpan.Zero, Token));
        var again = Assert.Single(await _queue.ReceiveAsync(10, TimeSpan.Zero, Token));
        Assert.Equal((message.MessageId, message.SentAt, 2), (again.MessageId, again.SentAt, again.ReceiveCount));
        Assert.Null(await _queue.ChangeVisibilityAsync(again.ReceiptHandle, TimeSpan.Zero, Token));
        Assert.Empty(await _queue.ReceiveAsync(10, TimeSpan.Zero, Token));
        await using var dead = new SqliteMessageQueue($"sqlite:{_place.File}#requests-dead");
        var letter = Assert.Single(await dead.ReceiveAsync(10, TimeSpan.Zero, Token));
        Assert.Equal(message.Body, letter.Body);
        Assert.Null(await dead.DeleteAsync(letter.ReceiptHandle, Token));
        return message;
    }
}
