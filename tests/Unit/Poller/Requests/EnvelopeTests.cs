using System.Text.Json;
using Archiver.Poller.Requests;
using Archiver.Queues;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller.Requests;

public sealed class EnvelopeTests
{
    private const string Request = """{"aipid":"mds2909","filenames":["a.txt"]}""";

    [Theory]
    [InlineData(Request)]
    [InlineData("""{"files":[{"source":"a"}],"Type":"Notification","TopicArn":"arn:aws:sns:eu-west-1:1:t","Message":"x"}""")]
    [InlineData("""{"Type":"Notification"}""")]
    [InlineData("[1]")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void What_is_no_envelope_stays_as_it_is(string body)
    {
        var message = Sent(body);

        Assert.Equal((message, null), Open(message));
    }

    [Fact]
    public void A_notification_is_opened_and_its_attributes_are_taken_over()
    {
        var message = Sent(Notification(Request, new { CorrelationId = new { Type = "String", Value = "c-1" }, Blob = new { Type = "Binary", Value = "AA==" }, Own = new { Type = "String", Value = "theirs" } })) with
        {
            Attributes = new Dictionary<string, MessageAttribute> { ["Own"] = MessageAttribute.Text("ours") },
        };

        var (request, problem) = Open(message);

        Assert.Null(problem);
        Assert.Equal(Request, request.Body);
        Assert.Equal((message.MessageId, message.SentAt), (request.MessageId, request.SentAt));
        Assert.Equal([("CorrelationId", "c-1"), ("Own", "ours")], request.Attributes.Select(static a => (a.Key, a.Value.StringValue)).OrderBy(static a => a.Key)!);
    }

    [Fact]
    public void A_notification_in_a_notification_is_opened_as_well() =>
        Assert.Equal(Request, Open(Sent(Notification(Notification(Request)))).Request.Body);

    [Fact]
    public void What_a_notification_holds_is_explained_by_whoever_reads_it() =>
        Assert.Equal("good morning", Open(Sent(Notification("good morning"))).Request.Body);

    [Theory]
    [InlineData("""{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put"}]}""", "an S3 event notification")]
    [InlineData("""{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"b"}""", "the test event")]
    [InlineData("""{"version":"0","detail-type":"Object Created","source":"aws.s3","detail":{}}""", "an EventBridge event")]
    [InlineData("""{"Type":"SubscriptionConfirmation","TopicArn":"arn:aws:sns:eu-west-1:1:t"}""", "an SNS confirmation")]
    public void Events_that_are_no_requests_are_told_by_their_names(string body, string name)
    {
        Assert.Contains(name, Open(Sent(body)).Problem, StringComparison.Ordinal);
        Assert.Contains(name, Open(Sent(Notification(body))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_of_something_else_are_left_to_the_reader_of_requests() =>
        Assert.Null(Open(Sent("""{"Records":[{"eventSource":"aws:sqs"}, 5]}""")).Problem);

    private static (SentMessage Request, string? Problem) Open(SentMessage message)
    {
        var (request, body, problem) = Envelope.Open(message, ParsedBody.Of(message.Body));
        Assert.Equal(request.Body, body.Text);
        return (request, problem);
    }

    private static SentMessage Sent(string body) => Arrival.Of(Some.Message(body)).Original;

    private static string Notification(string message, object? attributes = null) => JsonSerializer.Serialize(new
    {
        Type = "Notification",
        MessageId = "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        TopicArn = "arn:aws:sns:eu-west-1:123456789012:requests",
        Message = message,
        MessageAttributes = attributes,
    });
}
