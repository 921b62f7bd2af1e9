using System.Diagnostics;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Validation;

namespace Archiver.Tests.Poller.Validation;

/// <summary>Patterns of a schema, and texts that were made to keep them busy.</summary>
public sealed class PatternTests
{
    private static readonly TimeSpan Bearable = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|aa)+$")]
    [InlineData("^(.*a){20}$")]
    [InlineData(".*.*.*=.*")]
    public void One_that_can_be_matched_without_going_back_takes_no_time(string pattern)
    {
        var validator = Parse("""{"properties": {"x": {"pattern": "PATTERN"}}}""".Replace("PATTERN", pattern, StringComparison.Ordinal));
        var honest = pattern.Contains('=', StringComparison.Ordinal) ? "a=a" : new string('a', 30);

        Assert.Null(validator.FindProblem($$"""{"x": "{{honest}}"}"""));
        Assert.Equal($"x does not match {pattern}", validator.FindProblem($$"""{"x": "{{new string('a', 5000)}}!"}"""));
    }

    [Theory]
    // Texts that match, and one that would take longer than anybody lives.
    [InlineData("^(?=a)(a+)+$")]
    [InlineData("^(a+)+\\\\1?$")]
    public void One_that_cannot_has_a_limit(string pattern)
    {
        var validator = Parse("""{"properties": {"x": {"pattern": "PATTERN"}}}""".Replace("PATTERN", pattern, StringComparison.Ordinal));
        var started = Stopwatch.StartNew();

        Assert.Null(validator.FindProblem("""{"x": "aaa"}"""));
        var problem = validator.FindProblem($$"""{"x": "{{new string('a', 5000)}}!"}""");

        Assert.StartsWith("its text takes too long to match against ^(", problem, StringComparison.Ordinal);
        Assert.True(started.Elapsed < Bearable);
    }

    [Fact]
    public void Names_of_properties_take_no_time_either()
    {
        var validator = Parse("""{"patternProperties": {"^(a+)+$": {"type": "string"}}}""");

        Assert.NotNull(validator.FindProblem("""{"aaa": 1}"""));
        Assert.Null(validator.FindProblem($$"""{"{{new string('a', 5000)}}!": 1}"""));
    }

    [Fact]
    public void Names_of_properties_have_a_limit_too()
    {
        var validator = Parse("""{"patternProperties": {"^(?=a)(a+)+$": {"type": "string"}}}""");
        var started = Stopwatch.StartNew();

        Assert.Null(validator.FindProblem("""{"aaa": "x"}"""));
        Assert.NotNull(validator.FindProblem("""{"aaa": 1}"""));
        Assert.StartsWith("its text takes too long", validator.FindProblem($$"""{"{{new string('a', 5000)}}!": 1}"""), StringComparison.Ordinal);
        Assert.True(started.Elapsed < Bearable);
    }

    [Fact]
    public void All_matches_of_a_message_together_have_a_limit()
    {
        // Each takes some tenths of a second.
        var validator = Parse("""{"items": {"pattern": "^(?=a)(a+)+$"}}""");
        var started = Stopwatch.StartNew();

        var problem = validator.FindProblem($"[{string.Join(",", Enumerable.Repeat($"\"{new string('a', 23)}!\"", 1000))}]");

        Assert.StartsWith("its text takes too long", problem, StringComparison.Ordinal);
        Assert.True(started.Elapsed < Bearable);
    }

    [Theory]
    [InlineData("""{"type": ["string", "integer"], "pattern": "^a"}""", "\"a\"", true)]
    [InlineData("""{"type": ["string", "integer"], "pattern": "^a"}""", "\"b\"", false)]
    [InlineData("""{"type": ["string", "integer"], "pattern": "^a"}""", "1", true)]
    [InlineData("""{"anyOf": [{"pattern": "^a"}, {"pattern": "^b"}]}""", "\"b\"", true)]
    [InlineData("""{"anyOf": [{"pattern": "^a"}, {"pattern": "^b"}]}""", "\"c\"", false)]
    [InlineData("""{"not": {"pattern": "^a"}}""", "\"a\"", false)]
    [InlineData("""{"$ref": "#/$defs/a", "$defs": {"a": {"pattern": "^a"}}}""", "\"b\"", false)]
    [InlineData("""{"properties": {"pattern": {"pattern": "^a"}}}""", """{"pattern": "b"}""", false)]
    [InlineData("""{"properties": {"pattern": {"pattern": "^a"}}}""", """{"pattern": "a"}""", true)]
    public void They_hold_wherever_they_stand(string schema, string value, bool valid) => Assert.Equal(valid, Parse(schema).FindProblem(value) is null);

    [Theory]
    [InlineData("""{"allOf": [{"$ref": "#"}]}""")]
    [InlineData("""{"properties": {"x": {"anyOf": [{"type": "string"}, {"$ref": "#/properties/x"}]}}}""")]
    [InlineData("""{"$ref": "#/$defs/a", "$defs": {"a": {"not": {"$ref": "#/$defs/b"}}, "b": {"oneOf": [{"$ref": "#/$defs/a"}]}}}""")]
    [InlineData("""{"$ref": "#"}""")]
    public void A_schema_that_would_never_end_is_refused(string schema)
    {
        var error = Assert.Throws<ArchiverException>(() => Parse(schema));

        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.Contains("refers back to itself at #", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_that_refers_to_itself_below_a_value_is_fine()
    {
        var validator = Parse("""{"type": "object", "properties": {"x": {"$ref": "#"}, "y": {"allOf": [{"$ref": "#/$defs/z"}, {"$ref": "#/$defs/z"}]}}, "$defs": {"z": {"type": "string"}}}""");

        Assert.Null(validator.FindProblem("""{"x": {"x": {}}, "y": "z"}"""));
        Assert.NotNull(validator.FindProblem("""{"x": {"x": 1}}"""));
    }

    public static TheoryData<string> Formats { get; } =
        ["date-time", "date", "time", "time-span", "email", "hostname", "ipv4", "ipv6", "uri", "uuid", "guid", "byte", "base64"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Formats_take_no_time_either(string format)
    {
        var validator = Parse("""{"items": {"format": "FORMAT"}}""".Replace("FORMAT", format, StringComparison.Ordinal));
        var started = Stopwatch.StartNew();

        foreach (var part in new[] { "a", "1", "a.", "-", "a@a.", "0:", "\\u00e9", " " })
            validator.FindProblem($"[\"{string.Concat(Enumerable.Repeat(part, 50_000))}!\"]");

        Assert.True(started.Elapsed < Bearable);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":[")]
    public void A_body_of_any_depth_is_told_or_refused(string opening)
    {
        var validator = Parse("""{"type": "object"}""");

        Assert.ThrowsAny<Exception>(() => validator.FindProblem(string.Concat(Enumerable.Repeat(opening, 1_048_576 / opening.Length))));
    }

    private static JsonSchemaValidator Parse(string schema) => JsonSchemaValidator.Parse(schema, "own.json");
}
