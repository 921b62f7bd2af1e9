using Archiver.Poller.Requests;
using Archiver.Poller.Settling;
using Archiver.Queues;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller.Settling;

/// <summary>Requests that are put back as new messages, and what is known of them when they come again.</summary>
public sealed class PutBackMessageTests
{
    private const string NewId = "0c9f8f4f-6a0c-4d0a-9a52-90b6e3a4a6d1";

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(10)]
    public void It_comes_again_as_it_was_sent_with_its_own_id_time_and_tries(int attributes)
    {
        var message = Some.Message() with { Attributes = Attributes(attributes), GroupId = "some-group" };

        var again = Arrival.Of(Receive(PutBack(message, tries: 2)));

        Assert.Equal((2, NewId), (again.EarlierTries, again.Message.MessageId));
        Assert.Equal(
            (message.Body, message.MessageId, message.SentAt, message.GroupId),
            (again.Original.Body, again.Original.MessageId, again.Original.SentAt, again.Message.GroupId));
        Assert.Equal(Values(message.Attributes), Values(again.Original.Attributes));
    }

    [Fact]
    public void It_can_be_put_back_again_and_again()
    {
        var message = Some.Message() with { Attributes = Attributes(10) };
        for (var tries = 1; tries <= 4; tries++)
            message = Receive(PutBack(message, tries));

        var again = Arrival.Of(message);
        Assert.Equal((4, Some.Message().MessageId), (again.EarlierTries, again.Original.MessageId));
        Assert.Equal(Values(Attributes(10)), Values(again.Original.Attributes));
    }

    [Fact]
    public void No_more_tries_can_be_claimed_than_there_are() =>
        Assert.Equal(1_000, Arrival.Of(Receive(PutBack(Some.Message(), int.MaxValue))).EarlierTries);

    [Fact]
    public void A_body_that_leaves_no_room_for_the_mark_goes_as_it_came() =>
        Assert.Null(PutBackMessage.Marked(Arrival.Of(Some.Message(new string('x', QueueLimits.Sqs.MessageBytes))), tries: 2));

    [Fact]
    public void As_it_came_it_has_its_own_attributes_and_no_mark() =>
        Assert.Equal(Values(Attributes(10)), Values(PutBackMessage.Plain(Arrival.Of(Receive(PutBack(Some.Message() with { Attributes = Attributes(10) }, 1)))).Attributes));

    [Fact]
    public void A_packed_body_stays_packed()
    {
        var body = PackedBody.Pack("a request")!;
        var message = Some.Message(body) with { Attributes = new Dictionary<string, MessageAttribute> { [PackedBody.Attribute] = PackedBody.Mark } };

        Assert.Equal(body, PutBack(message, 1).Body);
        Assert.Equal("a request", Arrival.Of(Receive(PutBack(message, 1))).Original.Body);
    }

    [Fact]
    public void On_fifo_queues_one_message_is_put_back_once() =>
        Assert.Equal(PutBack(Some.Message(), 1).DeduplicationId, PutBack(Some.Message(), 2).DeduplicationId);

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("""{"tries":-1,"id":null,"sent_at":"2024-05-30T14:30:00Z"}""")]
    [InlineData("""{"tries":1,"id":"not an id","sent_at":"2024-05-30T14:30:00Z"}""")]
    [InlineData("""{"tries":1,"sent_at":"2024-05-30T14:30:00Z","attributes":null}""")]
    [InlineData("""{"tries":1,"sent_at":"2024-05-30T14:30:00Z","attributes":[null]}""")]
    [InlineData("""{"tries":99999999999999,"sent_at":"2024-05-30T14:30:00Z"}""")]
    public void A_mark_that_cannot_be_read_counts_for_nothing(string mark)
    {
        var arrival = Arrival.Of(Some.Message() with { Attributes = new Dictionary<string, MessageAttribute> { [PutBackMark.Attribute] = MessageAttribute.Text(mark) } });

        Assert.Equal((0, Some.Message().MessageId, 0), (arrival.EarlierTries, arrival.Original.MessageId, arrival.Original.Attributes.Count));
    }

    [Fact]
    public void What_an_earlier_rejection_left_is_gone()
    {
        var attributes = new Dictionary<string, MessageAttribute>
        {
            ["Archiver-Code"] = MessageAttribute.Text("NOINPUT"),
            ["archiver-reason"] = MessageAttribute.Text("forged"),
            ["Correlation-Id"] = MessageAttribute.Text("42"),
        };

        Assert.Equal(["Correlation-Id"], Arrival.Of(Some.Message() with { Attributes = attributes }).Original.Attributes.Keys);
    }

    [Theory]
    [InlineData("no base64")]
    [InlineData("AAAA")]
    [InlineData("")]
    public void A_body_that_only_says_that_it_is_packed_is_taken_as_it_is(string body) => Assert.Equal(body, PackedBody.Unpack(body));

    [Fact]
    public void A_body_that_unpacks_to_more_than_a_message_can_hold_is_taken_as_it_is()
    {
        var bomb = PackedBody.Pack(new string('x', QueueLimits.Sqs.MessageBytes + 1))!;

        Assert.Equal(bomb, PackedBody.Unpack(bomb));
    }

    private static OutgoingMessage PutBack(ReceivedMessage message, int tries)
    {
        var candidate = PutBackMessage.Marked(Arrival.Of(message), tries)!;
        Assert.Null(MessageRules.FindProblem(candidate, QueueLimits.Sqs));
        return candidate;
    }

    private static ReceivedMessage Receive(OutgoingMessage sent) =>
        new() { MessageId = NewId, ReceiptHandle = "another", Body = sent.Body, Attributes = sent.Attributes, GroupId = sent.GroupId, SentAt = DateTimeOffset.UtcNow };

    private static IEnumerable<string> Values(IReadOnlyDictionary<string, MessageAttribute> attributes) =>
        attributes.Select(static a => $"{a.Key} {a.Value.DataType} {a.Value.StringValue} {Convert.ToHexString(a.Value.BinaryValue.Span)}").Order();

    private static Dictionary<string, MessageAttribute> Attributes(int count) => Enumerable.Range(0, count).ToDictionary(
        static i => $"name-{i}", static i => i == 9 ? new MessageAttribute("Binary.gif", null, "\u0001\u0002"u8.ToArray()) : MessageAttribute.Text($"value {i}"));
}
