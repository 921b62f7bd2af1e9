using System.Security.Cryptography;
using System.Text;
using Archiver.Contract.Messages;
using Archiver.Poller.Requests;
using Archiver.Poller.Settling;
using Archiver.Queues;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller.Settling;

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

    [Theory]
    [InlineData(6, 6, "s3://bucket/a does not exist.")]
    [InlineData(7, 7, "s3://bucket/a does not exist. (message 5fea7756-0ea4-451a-a703-a558b933e274)")]
    [InlineData(8, 8, "NOINPUT (66): s3://bucket/a does not exist.")]
    [InlineData(9, 9, "NOINPUT (66): s3://bucket/a does not exist. (message 5fea7756-0ea4-451a-a703-a558b933e274)")]
    [InlineData(10, 9, "NOINPUT (66): s3://bucket/a does not exist. (message 5fea7756-0ea4-451a-a703-a558b933e274) Attributes left out: name-9.")]
    public void The_original_s_attributes_stay_and_the_reason_packs_itself_into_what_room_they_leave(int count, int kept, string reason)
    {
        var rejected = Build(Some.Message() with { Attributes = Attributes(count) });

        Assert.Equal(Attributes(count).Take(kept), rejected.Attributes.Where(static a => a.Key.StartsWith("name-", StringComparison.Ordinal)));
        Assert.Equal(reason, rejected.Attributes["Archiver-Reason"].StringValue);
    }

    [Fact]
    public void The_first_attribute_to_give_way_is_the_trace_state()
    {
        var attributes = Attributes(9);
        attributes["tracestate"] = MessageAttribute.Text("vendor=1");

        var rejected = Build(Some.Message() with { Attributes = attributes });

        Assert.EndsWith("Attributes left out: tracestate.", rejected.Attributes["Archiver-Reason"].StringValue, StringComparison.Ordinal);
    }

    [Fact]
    public void A_body_that_leaves_no_room_is_packed_and_comes_back_whole()
    {
        var body = string.Join(',', Enumerable.Range(0, 200_000))[..Plenty];

        var rejected = Build(Some.Message(body) with { Attributes = Attributes(3) });

        Assert.Equal("NOINPUT", rejected.Attributes["Archiver-Code"].StringValue);
        Assert.Equal("gzip+base64", rejected.Attributes["Archiver-Body"].StringValue);
        var back = Arrival.Of(Some.Message(rejected.Body) with { Attributes = rejected.Attributes }).Original;
        Assert.Equal(body, back.Body);
        Assert.Equal(Attributes(3), back.Attributes);
    }

    [Theory]
    [InlineData(1_024)]
    [InlineData(1_200)]
    [InlineData(2_000)]
    public void Whatever_the_room_is_the_reason_goes_along_and_the_body_stays_whole(int largest)
    {
        var message = Some.Message(new string('x', 900)) with { Attributes = Attributes(10) };

        foreach (var rejected in Candidates(message, largest))
        {
            Assert.NotEmpty(rejected.Attributes["Archiver-Reason"].StringValue!);
            Assert.Equal(message.Body, Arrival.Of(Some.Message(rejected.Body) with { Attributes = rejected.Attributes }).Original.Body);
        }
    }

    [Fact]
    public void What_cannot_be_packed_has_no_room_and_a_notice_tells_of_it()
    {
        var message = Some.Message(Convert.ToHexString(RandomNumberGenerator.GetBytes(5_000)));

        Assert.Empty(Candidates(message, 1_024));
        var notice = new DeadLetterMessage(Arrival.Of(message).Original, Error, 1_024).Notice(bodyId: null);
        Assert.Null(MessageRules.FindProblem(notice, QueueLimits.Sqs with { MessageBytes = 1_024 }));
        Assert.Contains(message.MessageId, notice.Body, StringComparison.Ordinal);
        Assert.Contains(message.Body[..100], notice.Body, StringComparison.Ordinal);
        Assert.Equal("s3://bucket/a does not exist.", notice.Attributes["Archiver-Reason"].StringValue);
    }

    [Theory]
    [InlineData("two\nlines", "two lines")]
    [InlineData("null\0 and \uFFFE", "null  and  ")]
    [InlineData("🌋", "  ")]
    [InlineData("", "unknown")]
    public void Characters_that_sqs_does_not_take_are_left_out(string reason, string shown) =>
        Assert.Equal(shown, Build(Some.Message(), Error with { Detail = reason }).Attributes["Archiver-Reason"].StringValue);

    [Fact]
    public void A_long_reason_is_cut() =>
        Assert.Equal(1_024, Build(Some.Message(), Error with { Detail = new string('x', 5_000) }).Attributes["Archiver-Reason"].StringValue!.Length);

    [Fact]
    public void The_size_of_a_message_counts_names_types_and_values()
    {
        var attributes = new Dictionary<string, MessageAttribute>
        {
            ["ä"] = MessageAttribute.Text("ß"),
            ["b"] = new("Binary", null, Encoding.UTF8.GetBytes("1234")),
        };

        Assert.Equal((2 + 6 + 2) + (1 + 6 + 4), MessageRules.SizeOf(attributes));
    }

    private static Dictionary<string, MessageAttribute> Attributes(int count) =>
        Enumerable.Range(0, count).ToDictionary(static i => $"name-{i}", static i => MessageAttribute.Text($"value {i}"));

    private static List<OutgoingMessage> Candidates(ReceivedMessage message, int largest = Plenty, FailureDescription? error = null)
    {
        var candidates = new DeadLetterMessage(Arrival.Of(message).Original, error ?? Error, largest).Candidates().ToList();
        Assert.All(candidates, candidate => Assert.Null(MessageRules.FindProblem(candidate, QueueLimits.Sqs with { MessageBytes = largest })));
        return candidates;
    }

    private static OutgoingMessage Build(ReceivedMessage message, FailureDescription? error = null) => Candidates(message, error: error)[0];
}
