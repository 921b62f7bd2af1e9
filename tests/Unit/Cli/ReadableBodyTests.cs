using System.Text.Json.Nodes;
using Archiver.Cli;

namespace Archiver.Tests.Cli;

public sealed class ReadableBodyTests
{
    public static TheoryData<string, string> Bodies { get; } = new()
    {
        { """{"a":1}""", """{"a":1}""" },
        { "no JSON", "\"no JSON\"" },
        { """{"a":"\ud800"}""", """ "{\u0022a\u0022:\u0022\\ud800\u0022}" """.Trim() },
        { "\"\\udc00\"", """ "\u0022\\udc00\u0022" """.Trim() },
        { new string('[', 64) + new string(']', 64), new string('[', 64) + new string(']', 64) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void A_body_is_shown_as_JSON_or_as_the_text_that_it_is(string body, string shown) =>
        Assert.Equal(shown, ReadableBody.Parse(body)!.ToJsonString());

    [Fact]
    public void The_deepest_body_that_can_be_read_can_be_written_inside_a_result()
    {
        var body = new string('[', 64) + new string(']', 64);

        Assert.Equal($$"""{"body":{{body}}}""", Output.Line(new JsonObject { ["body"] = ReadableBody.Parse(body) }));
    }
}
