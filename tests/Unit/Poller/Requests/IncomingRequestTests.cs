using System.Text.Json;
using Archiver.Contract.Boundary;
using Archiver.Poller.Requests;
using Archiver.Poller.Validation;
using Archiver.Queues;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller.Requests;

public sealed class IncomingRequestTests
{
    private static readonly RequestCheck Check = new(new SnsGate([], SnsCertificates.OverHttp(), TimeProvider.System), new Recording());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"aipid":"mds2909"}""", "mds2909")]
    [InlineData("""{"files":[{"source":"a"}]}""", "some-message")]
    [InlineData("""{"aipid":"../etc"}""", "some-message")]
    [InlineData("""{"aipid":5}""", "some-message")]
    [InlineData("nonsense", "some-message")]
    public void It_is_about_the_package_that_it_names_or_else_about_itself(string body, string aipId) =>
        Assert.Equal(aipId, IncomingRequest.Read(Message(body)).AipId);

    [Fact]
    public async Task A_byte_order_mark_is_none_of_the_message()
    {
        var request = await Check.CheckAsync(IncomingRequest.Read(Message("\uFEFF{\"aipid\":\"mds2909\"}")), Token);

        Assert.Equal(("mds2909", null), (request.AipId, request.Problem));
    }

    [Fact]
    public void Message_and_request_are_told_apart_where_an_envelope_is_between_them()
    {
        const string Request = """{"aipid":"mds2909"}""";
        var envelope = JsonSerializer.Serialize(new { Type = "Notification", TopicArn = "arn:aws:sns:eu-west-1:1:t", Message = Request });

        var request = IncomingRequest.Read(Message(envelope));

        Assert.Equal((envelope, envelope, Request), (request.Arrival.Message.Body, request.Arrival.Original.Body, request.Content.Body));
        Assert.Equal(("Notification", "mds2909"), (request.Json.Message?.GetProperty("Type").GetString(), request.Json.Request?.GetProperty("aipid").GetString()));
    }

    [Fact]
    public async Task The_validator_gets_what_was_parsed_and_then_nobody_keeps_it()
    {
        var request = IncomingRequest.Read(Message("""{"aipid":"mds2909"}"""));
        var validator = new Recording();

        var done = await new RequestCheck(new SnsGate([], SnsCertificates.OverHttp(), TimeProvider.System), validator).CheckAsync(request, Token);

        Assert.Equal((request.Json.Request, null), (validator.Given, done.Problem));
        Assert.Equal(default, done.Json);
    }

    [Theory]
    [InlineData("\n\n {\"aipid\":\"a\",\"aipid\":\"b\"}", "twice in one object at $.aipid (line 3, byte 23)")]
    [InlineData("{\"files\":[{]}", "not JSON at $.files[0] (line 1, byte 12)")]
    [InlineData("{\"aipid\":5}", "at $.aipid has the wrong type")]
    [InlineData("{\"aipid\":\"a\",\"x\":{\"y\":1,\"y\":2}}", "twice in one object")]
    [InlineData("{\"Event\":\"s3:TestEvent\"}", "test event that S3 sends")]
    public async Task What_is_wrong_is_told_with_its_place_in_the_text_that_was_sent(string body, string words)
    {
        var problem = (await Check.CheckAsync(IncomingRequest.Read(Message(body)), Token)).Problem;

        Assert.Equal(ExitCode.DataError, problem!.ExitCode);
        Assert.Contains(words, problem.Reason, StringComparison.Ordinal);
    }

    private static ReceivedMessage Message(string body) => Some.Message(body) with { MessageId = "some-message" };

    private sealed class Recording : IMessageValidator
    {
        public JsonElement? Given { get; private set; }

        public string? FindProblem(JsonElement body)
        {
            Given = body;
            return null;
        }
    }
}
