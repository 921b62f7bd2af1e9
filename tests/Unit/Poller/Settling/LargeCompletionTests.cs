using System.Text;
using System.Text.Json;
using Archiver.Contract.Messages;
using Archiver.Poller.Requests;
using Archiver.Poller.Settling;
using Archiver.Queues;
using Archiver.Tests.Support;

namespace Archiver.Tests.Poller.Settling;

/// <summary>Completions of requests that were as large as a message can be, on a queue that takes less.</summary>
public sealed class LargeCompletionTests
{
    private const int Largest = 256 << 10;

    private static readonly string Huge = new('x', 1 << 20);

    [Fact]
    public void What_fits_is_left_whole() =>
        Assert.False(CompletionBuilderTests.Build(Some.Message($$"""{"aipid":"a","x":"{{Huge[..200_000]}}"}"""), Largest).TryGetProperty("truncated", out _));

    [Fact]
    public void File_names_go_first()
    {
        var completion = CompletionBuilderTests.Build(Some.Message($$"""{"aipid":"a","x":"kept","metadata":{"y":1},"filenames":["{{Huge}}"]}"""), Largest);

        Assert.Equal(["filenames"], Truncated(completion));
        Assert.False(completion.TryGetProperty("filenames", out _));
        Assert.Equal("kept", completion.GetProperty("x").GetString());
        Assert.Equal("""{"y":1}""", completion.GetProperty("metadata").GetRawText());
    }

    [Fact]
    public void Skipped_sources_go_next()
    {
        var result = Some.Success with { Skipped = [Huge] };

        var completion = Parse(CompletionBuilder.Build(IncomingRequest.Read(Some.Message("""{"aipid":"a","x":"kept","filenames":["b"]}""")), result, Largest));

        Assert.Equal(["filenames", "skipped"], Truncated(completion));
        Assert.Equal("kept", completion.GetProperty("x").GetString());
    }

    [Fact]
    public void Unknown_properties_go_next()
    {
        var completion = CompletionBuilderTests.Build(Some.Message($$"""{"aipid":"a","metadata":{"y":1},"x":"{{Huge}}"}"""), Largest);

        Assert.Equal(["unknown properties"], Truncated(completion));
        Assert.Equal("""{"y":1}""", completion.GetProperty("metadata").GetRawText());
    }

    [Fact]
    public void Metadata_goes_last_and_is_an_empty_object_then()
    {
        var completion = CompletionBuilderTests.Build(Some.Message("""{"aipid":"a","metadata":{"y":"HUGE"}}""".Replace("HUGE", Huge, StringComparison.Ordinal)), Largest);

        Assert.Equal(["metadata"], Truncated(completion));
        Assert.Equal("{}", completion.GetProperty("metadata").GetRawText());
    }

    [Theory]
    [InlineData("action")]
    [InlineData("aipid")]
    [InlineData("timestamp")]
    public void Texts_of_an_invalid_request_are_cut(string property)
    {
        var completion = CompletionBuilderTests.Build(Some.Message($$"""{"{{property}}":"{{Huge}}"}"""), Largest, success: false);

        Assert.Equal(["long texts"], Truncated(completion));
        Assert.StartsWith("xxx", completion.GetProperty(property).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_that_quotes_too_much_is_cut()
    {
        var result = new ProcessorResult { Message = Huge, Error = new FailureDescription("DATAERR", 65, Huge) };

        var completion = Parse(CompletionBuilder.Build(IncomingRequest.Read(Some.Message()), result, Largest));

        Assert.Equal(["long texts"], Truncated(completion));
        Assert.StartsWith("xxx", completion.GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_never_halves_a_character()
    {
        var volcanoes = string.Concat(Enumerable.Repeat("🌋", 200_000));

        var completion = Parse(CompletionBuilder.Build(IncomingRequest.Read(Some.Message()), Some.Failure with { Message = "x" + volcanoes }, Largest));

        Assert.DoesNotContain('\uFFFD', completion.GetProperty("message").GetString()!);
    }

    [Fact]
    public void Attributes_that_leave_no_room_are_left_out()
    {
        var attributes = new Dictionary<string, MessageAttribute> { ["Correlation-Id"] = MessageAttribute.Text("42"), ["Huge"] = MessageAttribute.Text(Huge) };

        var message = CompletionBuilder.Build(IncomingRequest.Read(Some.Message() with { Attributes = attributes }), Some.Success, Largest);

        Assert.Equal(["Correlation-Id"], message.Attributes.Keys);
        Assert.Equal(["attributes"], Truncated(Parse(message)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_smallest_queue_that_there_is_gets_the_least(bool success)
    {
        var request = Some.Message("""{"action":"A","aipid":"A","timestamp":"A","metadata":{"y":"A"},"x":"A"}""".Replace("A", string.Concat(Enumerable.Repeat("\\u0001ä😀", 2_000)), StringComparison.Ordinal));
        var uri = "s3://bucket/" + new string('u', 1_000);
        var result = success
            ? Some.Success with { Archive = Some.Success.Archive! with { Uri = uri, Url = uri } }
            : new ProcessorResult { Message = Huge, Error = new FailureDescription("DATAERR", 65, Huge) };

        var message = CompletionBuilder.BuildMinimal(IncomingRequest.Read(request), result);

        Assert.Null(MessageRules.FindProblem(message, 1_024));
        var completion = JsonDocument.Parse(message.Body).RootElement;
        Assert.Equal((success, request.MessageId), (completion.GetProperty("success").GetBoolean(), completion.GetProperty("request_id").GetString()));
        Assert.NotEmpty(Truncated(completion));
    }

    [Fact]
    public void A_link_that_has_room_stays_when_the_rest_has_none()
    {
        var completion = JsonDocument.Parse(CompletionBuilder.Build(IncomingRequest.Read(Some.Message($$"""{"x":"{{Huge}}"}""")), Some.Success with { Skipped = [Huge] }, 1_024).Body).RootElement;

        Assert.Equal("https://cdn.example.test/8f4e/download-2024-05-30.zip", completion.GetProperty("substitutions").GetProperty("archiver_URL").GetString());
    }

    [Fact]
    public void Skipped_sources_that_a_result_does_not_name_are_counted()
    {
        var completion = Parse(CompletionBuilder.Build(IncomingRequest.Read(Some.Message()), Some.Success with { Skipped = ["a"], SkippedCount = 50_000 }, Largest));

        Assert.Equal(50_000, completion.GetProperty("skipped_count").GetInt32());
        Assert.Equal(["skipped"], Truncated(completion));
    }

    private static JsonElement Parse(OutgoingMessage message)
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(message.Body) + MessageRules.SizeOf(message.Attributes), 0, Largest);
        return JsonDocument.Parse(message.Body).RootElement;
    }

    private static IEnumerable<string?> Truncated(JsonElement completion) => completion.GetProperty("truncated").EnumerateArray().Select(static name => name.GetString());
}
