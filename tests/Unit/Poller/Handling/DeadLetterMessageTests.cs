using System.Text;
using Archiver.Contract.Messages;
using Archiver.Poller.Handling;
using Archiver.Queues;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller.Handling;

public sealed class DeadLetterMessageTests
{
    private const int Plenty = 1 << 20;

    private static readonly FailureDescription Error = new("NOINPUT", 66, "s3://bucket/a does not exist.");

    [Fact]
    public void It_has_the_original_body_and_the_reason()
    {
        var rejected = Build(Some.Message("not even JSON"));

        Assert.Equal("not even JSON", rejected.Body);
        Assert.Equal("NOINPUT", rejected.Attributes["Archiver-Code"].StringValue);
        Assert.Equal(new MessageAttribute("Number", "66"), rejected.Attributes["Archiver-Exit-Code"]);
        Assert.Equal("s3://bucket/a does not exist.", rejected.Attributes["Archiver-Reason"].StringValue);
        Assert.Equal(Some.Message().MessageId, rejected.Attributes["Archiver-Message-Id"].StringValue);
    }

    [Fact]
    public void It_keeps_the_original_s_attributes_as_far_as_ten_have_room()
    {
        var rejected = Build(Some.Message() with { Attributes = Attributes(10) });

        Assert.Equal(10, rejected.Attributes.Count);
        Assert.Equal(4, rejected.Attributes.Keys.Count(static name => name.StartsWith("Archiver-", StringComparison.Ordinal)));
        Assert.Equal(MessageAttribute.Text("value 0"), rejected.Attributes["name-0"]);
    }

    [Fact]
    public void A_reason_that_the_original_brings_along_does_not_stand()
    {
        var forged = new Dictionary<string, MessageAttribute> { ["Archiver-Reason"] = MessageAttribute.Text("forged"), ["Archiver-Code"] = MessageAttribute.Text("OK") };

        var rejected = Build(Some.Message() with { Attributes = forged });

        Assert.Equal("NOINPUT", rejected.Attributes["Archiver-Code"].StringValue);
        Assert.Equal(4, rejected.Attributes.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(400)]
    public void Attributes_give_way_where_the_body_leaves_no_room(int room)
    {
        var message = Some.Message(new string('x', 1_000)) with { Attributes = Attributes(6) };

        var rejected = Build(message, largest: 1_000 + room);

        Assert.Equal(message.Body, rejected.Body);
        Assert.InRange(MessageSize.Of(rejected.Attributes), 0, room);
    }

    [Theory]
    [InlineData("two\nlines", "two lines")]
    [InlineData("null\0 and \uFFFE", "null  and  ")]
    [InlineData("🌋", "  ")]
    [InlineData("", "unknown")]
    public void Characters_that_sqs_does_not_take_are_left_out(string reason, string shown) =>
        Assert.Equal(shown, DeadLetterMessage.Build(Some.Message(), "a", Error with { Detail = reason }, Plenty).Attributes["Archiver-Reason"].StringValue);

    [Fact]
    public void A_long_reason_is_cut() =>
        Assert.Equal(1_024, DeadLetterMessage.Build(Some.Message(), "a", Error with { Detail = new string('x', 5_000) }, Plenty).Attributes["Archiver-Reason"].StringValue!.Length);

    [Fact]
    public void On_fifo_queues_it_stays_in_its_group_and_is_there_once()
    {
        Assert.Equal("some-group", Build(Some.Message() with { GroupId = "some-group" }).GroupId);
        Assert.Equal("archive-mds2909", Build(Some.Message()).GroupId);
        Assert.Equal(Some.Message().MessageId, Build(Some.Message()).DeduplicationId);
    }

    [Fact]
    public void The_size_of_a_message_counts_names_types_and_values()
    {
        var attributes = new Dictionary<string, MessageAttribute>
        {
            ["ä"] = MessageAttribute.Text("ß"),
            ["b"] = new("Binary", null, Encoding.UTF8.GetBytes("1234")),
        };

        Assert.Equal((2 + 6 + 2) + (1 + 6 + 4), MessageSize.Of(attributes));
    }

    private static Dictionary<string, MessageAttribute> Attributes(int count) =>
        Enumerable.Range(0, count).ToDictionary(static i => $"name-{i}", static i => MessageAttribute.Text($"value {i}"));

    private static OutgoingMessage Build(ReceivedMessage message, int largest = Plenty) => DeadLetterMessage.Build(message, "mds2909", Error, largest);
}
