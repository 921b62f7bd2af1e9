using System.Diagnostics;
using Archiver.Poller.Validation;

namespace Archiver.Tests.Poller.Validation;

/// <summary>Messages that were made to keep a validator busy, or to bring it down.</summary>
public sealed class HostileMessageTests
{
    private const int Room = 1_048_576;
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string, bool> Numbers { get; } = new()
    {
        // Written out, such a number has a gigabyte, and a remainder of it is not found by division.
        { """{"multipleOf":3}""", "1e1000000000", false },
        { """{"multipleOf":3}""", "3e999999999999999999999", true },
        { """{"multipleOf":3}""", "3e-1000000000", false },
        { """{"multipleOf":7}""", new string('7', Room), true },
        { """{"multipleOf":7}""", new string('7', Room - 1) + "1", false },
        { """{"multipleOf":0.7}""", "0." + new string('7', Room), false },
        { """{"maximum":5}""", "1e" + new string('9', Room), false },
        { """{"maximum":5}""", "1e-" + new string('9', Room), true },
        { """{"maximum":5}""", "1e4294967296", false },
        { """{"minimum":5}""", "1e-4294967295", false },
        { """{"minimum":5}""", "-1e99999999999999999999", false },
        { """{"type":"integer"}""", "1e99999999999999999999", true },
        { """{"type":"integer"}""", "1." + new string('0', Room) + "1", false },
    };

    public static TheoryData<string, string, bool> Lists { get; } = new()
    {
        { """{"uniqueItems":true}""", $"[{string.Join(',', Enumerable.Range(0, 150_000))}]", true },
        { """{"uniqueItems":true}""", $"[{string.Join(',', Enumerable.Range(0, 30_000).Select(static i => $"1.00000000000000000000{i}1"))}]", true },
        { """{"uniqueItems":true}""", $"[{string.Join(',', Enumerable.Range(0, 50_000).Select(static i => $$"""{"a":{{i}},"b":1}"""))}]", true },
        { """{"uniqueItems":true}""", $"[{string.Join(',', Enumerable.Range(0, 50_000).Select(static i => $"[[{i}]]"))},[[49999.0]]]", false },
        { """{"items":{"type":"string"}}""", $"[{string.Join(',', Enumerable.Repeat("1", 500_000))}]", false },
        { """{"items":{"anyOf":[{"type":"string"},{"required":["a"],"type":"object"}]}}""", $"[{string.Join(',', Enumerable.Repeat("1", 500_000))}]", false },
        { """{"contains":{"type":"string"}}""", $"[{string.Join(',', Enumerable.Repeat("1", 500_000))}]", false },
        { """{"additionalProperties":false}""", $"{{{string.Join(',', Enumerable.Range(0, 80_000).Select(static i => $"\"{i}\":1"))}}}", false },
        { """{"unevaluatedProperties":false}""", $"{{{string.Join(',', Enumerable.Range(0, 80_000).Select(static i => $"\"{i}\":1"))}}}", false },
        { """{"propertyNames":{"maxLength":1}}""", $"{{{string.Join(',', Enumerable.Range(0, 80_000).Select(static i => $"\"{i}\":1"))}}}", false },
        { """{"maxLength":5}""", $"\"{string.Concat(Enumerable.Repeat("\\ud800", Room / 6))}\"", false },
    };

    [Theory]
    [MemberData(nameof(Numbers), DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Lists), DisableDiscoveryEnumeration = true)]
    public void They_are_judged_in_no_time_and_in_one_short_line(string schema, string body, bool valid)
    {
        var validator = JsonSchemaValidator.Parse(schema, "own.json");
        var started = Stopwatch.StartNew();

        var problem = validator.FindProblem(body);

        Assert.Equal(valid, problem is null);
        Assert.InRange(problem?.Length ?? 0, 0, 2000);
        Assert.True(started.Elapsed < Bearable);
    }

    [Theory]
    [InlineData("\\ud800", true)]
    [InlineData("a\\udfffb", true)]
    [InlineData("\\ud83d\\ude00", true)]
    [InlineData("\\\\ud800", true)]
    [InlineData("\\uD800\\u0041", true)]
    [InlineData("\\ud800\\ud83d\\ude00", true)]
    [InlineData("\\n\\ud800", false)]
    public void Half_of_a_character_is_a_character(string text, bool valid) =>
        Assert.Equal(valid, JsonSchemaValidator.Parse("""{"properties":{"a":{"pattern":"^.+$"}}}""", "own.json")
            .FindProblem($$"""{"a":"{{text}}","\ud800":1}""") is null);

    [Theory]
    [InlineData("\\ud800", "\\ufffd")]
    [InlineData("\\uDC00\\ud800", "\\ufffd\\ufffd")]
    [InlineData("\\ud83d\\ude00", "\\ud83d\\ude00")]
    [InlineData("\\ud83d\\ud83d\\ude00\\ude00", "\\ufffd\\ud83d\\ude00\\ufffd")]
    [InlineData("\\\\ud800\\\\\\ud800", "\\\\ud800\\\\\\ufffd")]
    [InlineData("\\ud80", "\\ud80")]
    [InlineData("\\ud8zz\\", "\\ud8zz\\")]
    public void Halves_of_characters_are_replaced(string json, string replaced) => Assert.Equal(replaced, LoneSurrogates.Replace(json));

    [Fact]
    public void Names_cannot_break_the_line()
    {
        var problem = JsonSchemaValidator.Parse("""{"additionalProperties":false}""", "own.json").FindProblem("""{"a\nb\u001b":1}""");

        Assert.Equal("a\\u000Ab\\u001B is not allowed", problem);
    }
}
