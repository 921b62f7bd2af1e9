using System.Text;
using System.Text.Json;
using Archiver.Poller.Requests;
using Archiver.Poller.Settling;
using Archiver.Poller.Validation;
using Archiver.Queues;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller.Settling;

public sealed class CompletionBuilderTests
{
    private const int Plenty = 1 << 20;

    [Fact]
    public void A_consumer_of_repository_completions_finds_all_that_it_knows()
    {
        using var expected = JsonDocument.Parse(Repository.Message("completion-aip.json"));

        var completion = Build(Some.Message(Repository.Message("request-aip-filenames.json")));

        foreach (var property in expected.RootElement.EnumerateObject())
            Assert.True(JsonElement.DeepEquals(property.Value, completion.GetProperty(property.Name)), property.Name);
    }

    [Fact]
    public void A_consumer_of_media_completions_finds_all_that_it_knows()
    {
        using var expected = JsonDocument.Parse(Repository.Message("completion-media.json"));

        var completion = Build(Some.Message(Repository.Message("request-media.json")));

        Assert.Equal(["metadata", "substitutions"], expected.RootElement.EnumerateObject().Select(static property => property.Name));
        Assert.True(JsonElement.DeepEquals(expected.RootElement.GetProperty("metadata"), completion.GetProperty("metadata")));
        Assert.Equal("""{"archiver_URL":"https://cdn.example.test/8f4e/download-2024-05-30.zip"}""", completion.GetProperty("substitutions").GetRawText());
    }

    [Fact]
    public void A_success_describes_the_archive()
    {
        var completion = Build(Some.Message());

        Assert.True(completion.GetProperty("success").GetBoolean());
        Assert.Equal(
            """{"uri":"s3://some-destination/8f4e/download-2024-05-30.zip","url":"https://cdn.example.test/8f4e/download-2024-05-30.zip","bytes":12345,"files":2,"crc":"0badf00d","duration_ms":678,"reused":false}""",
            completion.GetProperty("archive").GetRawText());
        Assert.False(completion.TryGetProperty("error", out _));
    }

    [Fact]
    public void A_failure_says_why_and_has_no_archive()
    {
        var completion = Build(Some.Message(), largest: Plenty, success: false);

        Assert.False(completion.GetProperty("success").GetBoolean());
        Assert.Equal("""{"code":"NOINPUT","exit_code":66,"detail":"s3://some-source/a.txt does not exist."}""", completion.GetProperty("error").GetRawText());
        Assert.False(completion.TryGetProperty("archive", out _));
        Assert.False(completion.TryGetProperty("substitutions", out _));
    }

    [Fact]
    public void What_a_request_does_not_say_has_its_default()
    {
        var completion = Build(Some.Message("""{"files":[{"source":"a"}]}"""));

        Assert.Equal("archive", completion.GetProperty("action").GetString());
        Assert.Equal(Some.Message().MessageId, completion.GetProperty("aipid").GetString());
        Assert.Equal("medium", completion.GetProperty("priority").GetString());
        Assert.Equal("2024-05-30T14:30:00.0000000+00:00", completion.GetProperty("timestamp").GetString());
        Assert.Equal("{}", completion.GetProperty("metadata").GetRawText());
        Assert.Equal("[]", completion.GetProperty("skipped").GetRawText());
        Assert.False(completion.TryGetProperty("filenames", out _));
    }

    [Fact]
    public void Unknown_properties_come_back_as_they_were()
    {
        var completion = Build(Some.Message(Repository.Message("request-media-extra-properties.json")));

        Assert.Equal("d-xxxxxx", completion.GetProperty("sendgrid_template_id").GetString());
        Assert.Equal("customer@e2e.test", completion.GetProperty("user_email").GetString());
        Assert.False(completion.TryGetProperty("files", out _));
    }

    [Fact]
    public void A_request_cannot_forge_what_its_completion_says()
    {
        var completion = Build(
            Some.Message("""{"aipid":"a","success":true,"message":"forged","archive":{"uri":"forged"},"substitutions":{"archiver_URL":"forged"},"error":null,"skipped":["forged"],"truncated":["forged"]}"""),
            success: false);

        Assert.False(completion.GetProperty("success").GetBoolean());
        Assert.DoesNotContain("forged", completion.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"aipid\":5,\"priority\":7,\"filenames\":\"x\",\"metadata\":[],\"timestamp\":null}")]
    [InlineData("{\"aipid\":\"a\",\"priority\":\"urgent\"}")]
    public void A_request_of_any_form_gets_a_completion(string body)
    {
        var completion = Build(Some.Message(body), success: false);

        Assert.Equal(("medium", "archive"), (completion.GetProperty("priority").GetString(), completion.GetProperty("action").GetString()));
    }

    [Theory]
    [InlineData("""{"aipid":"a","x":"\ud800"}""")]
    [InlineData("""{"aipid":"a","metadata":{"x":"\ud800"}}""")]
    [InlineData("""{"aipid":"a","x":{"\udc00":1}}""")]
    [InlineData("""{"aipid":"a","filenames":["\ud800"]}""")]
    public void Half_a_character_in_a_request_does_not_stop_its_completion(string body) =>
        Assert.False(Build(Some.Message(body), success: false).GetProperty("success").GetBoolean());

    [Fact]
    public void Attributes_of_the_request_go_onto_the_completion()
    {
        var attributes = new Dictionary<string, MessageAttribute>
        {
            ["Correlation-Id"] = MessageAttribute.Text("42"),
            ["traceparent"] = MessageAttribute.Text("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        };

        Assert.Equal(attributes, CompletionBuilder.Build(IncomingRequest.Read(Some.Message() with { Attributes = attributes }), Some.Success, Plenty).Attributes);
    }

    [Fact]
    public void On_fifo_queues_it_is_in_the_package_s_group_and_there_once()
    {
        var message = CompletionBuilder.Build(IncomingRequest.Read(Some.Message()), Some.Success, Plenty);

        Assert.Equal("archive-mds2909", message.GroupId);
        Assert.Equal(message.DeduplicationId, CompletionBuilder.Build(IncomingRequest.Read(Some.Message()), Some.Success, 1_024).DeduplicationId);
        Assert.NotEqual(message.DeduplicationId, CompletionBuilder.Build(IncomingRequest.Read(Some.Message()), Some.Failure, Plenty).DeduplicationId);
    }

    [Theory]
    [InlineData("Success", "true")]
    [InlineData("SUBSTITUTIONS", """{"archiver_URL":"https://evil.example/x.zip"}""")]
    [InlineData("\u017Fucce\u017F\u017F", "true")]
    [InlineData("s\u212Aıpped", "[]")]
    [InlineData("Request_Id", "\"another\"")]
    [InlineData("AIPID", "\"another\"")]
    [InlineData("Error", "null")]
    [InlineData("Skipped_Count", "1")]
    public void No_property_of_the_request_can_be_taken_for_the_completion_s_own(string name, string value)
    {
        var completion = Build(Some.Message($$"""{"aipid":"mds2909","{{name}}":{{value}}}"""), success: false);

        Assert.False(completion.TryGetProperty(name, out _));
        Assert.False(completion.GetProperty("success").GetBoolean());
        Assert.Equal((Some.Message().MessageId, "mds2909"), (completion.GetProperty("request_id").GetString(), completion.GetProperty("aipid").GetString()));
    }

    [Fact]
    public void Of_properties_that_readers_may_take_for_one_the_first_stands()
    {
        var completion = Build(Some.Message("""{"aipid":"mds2909","ticket":1,"Ticket":2}"""));

        Assert.Equal(1, completion.GetProperty("ticket").GetInt32());
        Assert.False(completion.TryGetProperty("Ticket", out _));
    }

    [Fact]
    public void Attributes_that_no_queue_takes_or_that_are_this_program_s_own_stay_away()
    {
        var attributes = Enumerable.Range(0, 12).ToDictionary(static i => $"name-{i:00}", static i => MessageAttribute.Text("x"));
        attributes["name-00"] = MessageAttribute.Text("");
        attributes["name-01"] = MessageAttribute.Text("a\u0001");
        attributes["odd name"] = MessageAttribute.Text("x");
        attributes["Archiver-Code"] = MessageAttribute.Text("NOINPUT");
        attributes["archiver-reason"] = MessageAttribute.Text("forged");

        var message = CompletionBuilder.Build(IncomingRequest.Read(Some.Message() with { Attributes = attributes }), Some.Success, Plenty);

        Assert.Null(MessageRules.FindProblem(message));
        Assert.Equal(Enumerable.Range(2, 10).Select(static i => $"name-{i:00}"), message.Attributes.Keys);
    }

    [Theory]
    [InlineData("request-media.json", true)]
    [InlineData("request-media.json", false)]
    [InlineData("request-aip-filenames.json", true)]
    [InlineData("request-aip-whole.json", false)]
    [InlineData("invalid-not-json.json", false)]
    [InlineData("invalid-priority.json", false)]
    public void Completions_meet_their_schema(string name, bool success)
    {
        var schema = JsonSchemaValidator.Parse(Repository.Read("schemas/archive-completion.schema.json"), "completion");

        Assert.Null(schema.FindProblem(Build(Some.Message(Repository.Message(name)), success: success).GetRawText()));
    }

    [Fact]
    public void Text_is_written_as_it_is() =>
        Assert.Contains("ä <日本> '&", CompletionBuilder.Build(IncomingRequest.Read(Some.Message("""{"x":"ä <日本> '&"}""")), Some.Success, Plenty).Body, StringComparison.Ordinal);

    internal static JsonElement Build(ReceivedMessage request, int largest = Plenty, bool success = true)
    {
        var message = CompletionBuilder.Build(IncomingRequest.Read(request), success ? Some.Success : Some.Failure, largest);
        Assert.InRange(Encoding.UTF8.GetByteCount(message.Body) + MessageRules.SizeOf(message.Attributes), 0, largest);
        return JsonDocument.Parse(message.Body).RootElement;
    }
}
