using Archiver.Poller.Validation;

namespace Archiver.Tests.Poller.Validation;

/// <summary>Every keyword that is let into a schema is enforced: what it allows passes, what it forbids does not.</summary>
public sealed class EnforcedKeywordsTests
{
    public static TheoryData<string, string, string> Types { get; } = new()
    {
        { """{"type":"object"}""", "{}", "[]" },
        { """{"properties":{"a":{"type":"string"}}}""", """{"a":"x"}""", """{"a":1}""" },
        { """{"properties":{"a":{"type":"integer"}}}""", """{"a":1}""", """{"a":1.5}""" },
        { """{"properties":{"a":{"type":"integer"}}}""", """{"a":-1}""", """{"a":"1"}""" },
        { """{"properties":{"a":{"type":"number"}}}""", """{"a":1.5}""", """{"a":"1.5"}""" },
        { """{"properties":{"a":{"type":"number"}}}""", """{"a":1}""", """{"a":true}""" },
        { """{"properties":{"a":{"type":"boolean"}}}""", """{"a":true}""", """{"a":"true"}""" },
        { """{"properties":{"a":{"type":"null"}}}""", """{"a":null}""", """{"a":0}""" },
        { """{"properties":{"a":{"type":"array"}}}""", """{"a":[]}""", """{"a":{}}""" },
        { """{"properties":{"a":{"type":"object"}}}""", """{"a":{}}""", """{"a":null}""" },
        { """{"properties":{"a":{"type":["string","null"]}}}""", """{"a":null}""", """{"a":1}""" },
        { """{"properties":{"a":{"type":["string","integer"]}}}""", """{"a":1}""", """{"a":true}""" },
        { """{"properties":{"a":{"type":["array","object"]}}}""", """{"a":[]}""", """{"a":"x"}""" },
        { """{"properties":{"a":{"type":["string"]}}}""", """{"a":"x"}""", """{"a":null}""" },
    };

    public static TheoryData<string, string, string> Objects { get; } = new()
    {
        { """{"required":["a"]}""", """{"a":null}""", "{}" },
        { """{"required":["a","b"]}""", """{"a":1,"b":1}""", """{"a":1}""" },
        { """{"properties":{"a":{"required":["b"]}}}""", """{"a":{"b":1}}""", """{"a":{}}""" },
        { """{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1}""", """{"a":1,"b":1}""" },
        { """{"additionalProperties":false}""", "{}", """{"b":1}""" },
        { """{"properties":{"a":{}},"additionalProperties":{"type":"string"}}""", """{"a":1,"b":"x"}""", """{"b":1}""" },
        { """{"patternProperties":{"^x-":{"type":"string"}}}""", """{"x-a":"b","y":1}""", """{"x-a":1}""" },
        { """{"patternProperties":{"^x-":{}},"additionalProperties":false}""", """{"x-a":1}""", """{"y":1}""" },
        { """{"properties":{"a":{}},"patternProperties":{"^x-":{}},"additionalProperties":{"type":"integer"}}""", """{"a":"s","x-a":"s","b":1}""", """{"b":"s"}""" },
        { """{"minProperties":2}""", """{"a":1,"b":1}""", """{"a":1}""" },
        { """{"maxProperties":1}""", """{"a":1}""", """{"a":1,"b":1}""" },
    };

    public static TheoryData<string, string, string> Arrays { get; } = new()
    {
        { """{"properties":{"a":{"items":{"type":"string"}}}}""", """{"a":["x","y"]}""", """{"a":["x",1]}""" },
        { """{"properties":{"a":{"type":"array","items":{"type":"string"}}}}""", """{"a":[]}""", """{"a":[null]}""" },
        { """{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"items":[{"type":"string"},{"type":"integer"}]}}}""", """{"a":["x",1]}""", """{"a":["x","y"]}""" },
        { """{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"items":[{"type":"string"}],"additionalItems":false}}}""", """{"a":["x"]}""", """{"a":["x",1]}""" },
        { """{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"items":[{"type":"string"}],"additionalItems":{"type":"integer"}}}}""", """{"a":["x",1]}""", """{"a":["x","y"]}""" },
        { """{"properties":{"a":{"minItems":1}}}""", """{"a":[1]}""", """{"a":[]}""" },
        { """{"properties":{"a":{"maxItems":1}}}""", """{"a":[1]}""", """{"a":[1,2]}""" },
        { """{"properties":{"a":{"uniqueItems":true,"items":{"type":"integer"}}}}""", """{"a":[1,2]}""", """{"a":[1,1]}""" },
        { """{"properties":{"a":{"uniqueItems":true,"items":{"type":["string","null"]}}}}""", """{"a":["x",null]}""", """{"a":["x","x"]}""" },
        { """{"properties":{"a":{"items":false}}}""", """{"a":[]}""", """{"a":[1]}""" },
        { """{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"a":{"items":[true,false]}}}""", """{"a":[1]}""", """{"a":[1,2]}""" },
    };

    public static TheoryData<string, string, string> Texts { get; } = new()
    {
        { """{"properties":{"a":{"type":"string","minLength":2}}}""", """{"a":"xy"}""", """{"a":"x"}""" },
        { """{"properties":{"a":{"minLength":2}}}""", """{"a":"xy"}""", """{"a":"x"}""" },
        { """{"properties":{"a":{"type":"string","maxLength":1}}}""", """{"a":"x"}""", """{"a":"xy"}""" },
        { """{"properties":{"a":{"maxLength":1}}}""", """{"a":"x"}""", """{"a":"xy"}""" },
        { """{"properties":{"a":{"type":"string","pattern":"^[a-z]+$"}}}""", """{"a":"x"}""", """{"a":"x1"}""" },
        { """{"properties":{"a":{"pattern":"b"}}}""", """{"a":"abc"}""", """{"a":"xyz"}""" },
        { """{"properties":{"a":{"type":"string","pattern":"^\\d{4}-\\d{2}-\\d{2}T12"}}}""", """{"a":"2024-05-30T12:00:00Z"}""", """{"a":"2024-05-30T13:00:00Z"}""" },
        { """{"properties":{"a":{"type":"string","enum":["x","y"]}}}""", """{"a":"x"}""", """{"a":"z"}""" },
        { """{"properties":{"a":{"type":"string","enum":["x","y"]}}}""", """{"a":"y"}""", """{"a":"X"}""" },
        { """{"properties":{"a":{"type":"string","enum":["1"]}}}""", """{"a":"1"}""", """{"a":1}""" },
        { """{"properties":{"a":{"type":"integer","enum":[1,2]}}}""", """{"a":1}""", """{"a":3}""" },
        { """{"properties":{"a":{"type":"integer","enum":[1,2]}}}""", """{"a":2}""", """{"a":"1"}""" },
        { """{"properties":{"a":{"type":"number","enum":[1.5]}}}""", """{"a":1.5}""", """{"a":1.6}""" },
        { """{"properties":{"a":{"type":"boolean","enum":[true]}}}""", """{"a":true}""", """{"a":false}""" },
        { """{"properties":{"a":{"enum":["x","y"]}}}""", """{"a":"x"}""", """{"a":"z"}""" },
        { """{"properties":{"a":{"enum":["x",null]}}}""", """{"a":null}""", """{"a":""}""" },
        { """{"properties":{"a":{"type":["string","null"],"enum":["x",null]}}}""", """{"a":null}""", """{"a":"null"}""" },
    };

    public static TheoryData<string, string, string> Numbers { get; } = new()
    {
        { """{"properties":{"a":{"type":"number","minimum":2}}}""", """{"a":2}""", """{"a":1.9}""" },
        { """{"properties":{"a":{"minimum":2}}}""", """{"a":2}""", """{"a":1}""" },
        { """{"properties":{"a":{"type":"integer","maximum":2}}}""", """{"a":2}""", """{"a":3}""" },
        { """{"properties":{"a":{"maximum":2}}}""", """{"a":2}""", """{"a":2.1}""" },
        { """{"properties":{"a":{"type":"number","exclusiveMinimum":2}}}""", """{"a":2.1}""", """{"a":2}""" },
        { """{"properties":{"a":{"type":"number","exclusiveMaximum":2}}}""", """{"a":1.9}""", """{"a":2}""" },
        { """{"properties":{"a":{"type":"integer","multipleOf":3}}}""", """{"a":9}""", """{"a":10}""" },
        { """{"properties":{"a":{"type":"number","multipleOf":0.1}}}""", """{"a":0.3}""", """{"a":0.35}""" },
    };

    public static TheoryData<string, string, string> Combinations { get; } = new()
    {
        { """{"allOf":[{"required":["a"]},{"required":["b"]}]}""", """{"a":1,"b":1}""", """{"a":1}""" },
        { """{"anyOf":[{"required":["a"]},{"required":["b"]}]}""", """{"a":1,"b":1}""", "{}" },
        { """{"oneOf":[{"required":["a"]},{"required":["b"]}]}""", """{"a":1}""", """{"a":1,"b":1}""" },
        { """{"oneOf":[{"required":["a"]},{"required":["b"]}]}""", """{"b":1}""", "{}" },
        { """{"not":{"required":["a"]}}""", """{"b":1}""", """{"a":1}""" },
        { """{"properties":{"a":{"not":{"type":"string"}}}}""", """{"a":1}""", """{"a":"x"}""" },
        { """{"properties":{"a":{"anyOf":[{"type":"string","maxLength":1},{"type":"integer"}]}}}""", """{"a":1}""", """{"a":"xy"}""" },
        { """{"type":"object","required":["a"],"anyOf":[{"required":["b"]},{"required":["c"]}]}""", """{"a":1,"c":1}""", """{"b":1}""" },
        { """{"properties":{"a":{"allOf":[{"minimum":1},{"maximum":3}]}}}""", """{"a":2}""", """{"a":4}""" },
        { """{"properties":{"a":false}}""", """{"b":1}""", """{"a":1}""" },
        { """{"properties":{"a":{"not":true}}}""", """{"b":1}""", """{"a":1}""" },
        { """{"properties":{"a":{"allOf":[true,false]}}}""", """{"b":1}""", """{"a":1}""" },
        { """{"$defs":{"never":false},"properties":{"a":{"$ref":"#/$defs/never"}}}""", """{"b":1}""", """{"a":1}""" },
    };

    public static TheoryData<string, string, string> References { get; } = new()
    {
        { """{"definitions":{"t":{"type":"string"}},"properties":{"a":{"$ref":"#/definitions/t"}}}""", """{"a":"x"}""", """{"a":1}""" },
        { """{"$defs":{"t":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/t"}}}""", """{"a":"x"}""", """{"a":1}""" },
        { """{"$defs":{"t":{"type":"string","minLength":2}},"properties":{"a":{"items":{"$ref":"#/$defs/t"}}}}""", """{"a":["xy"]}""", """{"a":["x"]}""" },
        { """{"$defs":{"t":{"required":["b"]}},"allOf":[{"$ref":"#/$defs/t"}]}""", """{"b":1}""", "{}" },
        { """{"$defs":{"t":{"$ref":"#/$defs/u"},"u":{"type":"integer"}},"properties":{"a":{"$ref":"#/$defs/t"}}}""", """{"a":1}""", """{"a":"x"}""" },
        { """{"$defs":{"n":{"properties":{"n":{"$ref":"#/$defs/n"}},"additionalProperties":false}},"properties":{"a":{"$ref":"#/$defs/n"}}}""", """{"a":{"n":{"n":{}}}}""", """{"a":{"n":{"n":{"x":1}}}}""" },
        { """{"$defs":{"t":{"type":"string"}},"definitions":{"u":{"$ref":"#/$defs/t"}},"properties":{"a":{"$ref":"#/definitions/u"}}}""", """{"a":"x"}""", """{"a":1}""" },
        { """{"$defs":{"a/b c~":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/a~1b%20c~0"}}}""", """{"a":"x"}""", """{"a":1}""" },
        { """{"$defs":{"t":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/t","description":"d","optional":true}}}""", """{"a":"x"}""", """{"a":1}""" },
        { """{"properties":{"b":{"type":"string"},"a":{"$ref":"#/properties/b"}}}""", """{"a":"x"}""", """{"a":1}""" },
        { """{"properties":{"a":{"$ref":"#"}},"additionalProperties":false}""", """{"a":{"a":{}}}""", """{"a":{"a":{"b":1}}}""" },
    };

    public static TheoryData<string, string, string> Formats { get; } = new()
    {
        { "date-time", "2024-05-30T14:29:22.850913+00:00", "yesterday" },
        { "date-time", "2024-05-30T14:29:22Z", "2024-13-30T14:29:22Z" },
        { "date-time", "2024-05-30T14:29:22.850913", "2024-05-32T14:29:22Z" },
        { "date-time", "2024-05-30T14:29:22-05:00", "2024-05-30T25:29:22Z" },
        { "date-time", "2024-02-29T00:00:00Z", "2023-02-29T00:00:00Z" },
        { "date-time", "0001-01-01T00:00:00Z", "2024-05-30" },
        { "date", "2024-05-30", "30.05.2024" },
        { "date", "2024-02-29", "2023-02-29" },
        { "time", "14:29:22Z", "half past two" },
        { "email", "john@doe.example", "john" },
        { "email", "a.b+c@example.test", "@example.test" },
        { "ipv4", "192.168.0.1", "192.168.0.256" },
        { "ipv4", "10.0.0.1", "::1" },
        { "ipv6", "2001:db8::1", "192.168.0.1" },
        { "ipv6", "::1", ":::" },
        { "ipv6", "::", "[::1]" },
        { "uri", "https://example.test/a?b=c", "not a uri" },
        { "uri", "urn:isbn:9780141036144", "/a" },
        { "uri", "s3://bucket/key", "a/b" },
        { "uri", "file:///a%20b", "file:///a b" },
        { "uuid", "8f4e1e6e-8b5a-4f0e-9d0c-3f1f0a5b7c11", "8f4e1e6e" },
        { "uuid", "8F4E1E6E-8B5A-4F0E-9D0C-3F1F0A5B7C11", "{8f4e1e6e-8b5a-4f0e-9d0c-3f1f0a5b7c11}" },
        { "hostname", "a.example.test", "not a host" },
    };

    [Theory]
    [MemberData(nameof(Types))]
    [MemberData(nameof(Objects))]
    [MemberData(nameof(Arrays))]
    [MemberData(nameof(Texts))]
    [MemberData(nameof(Numbers))]
    [MemberData(nameof(Combinations))]
    [MemberData(nameof(References))]
    public void A_keyword_holds(string schema, string good, string bad)
    {
        var validator = JsonSchemaValidator.Parse(schema, "some.schema.json");

        Assert.Null(validator.FindProblem(good));
        Assert.NotNull(validator.FindProblem(bad));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_format_holds(string format, string good, string bad) =>
        A_keyword_holds("""{"properties":{"a":{"type":"string","format":"FORMAT"}}}""".Replace("FORMAT", format, StringComparison.Ordinal), $$"""{"a":"{{good}}"}""", $$"""{"a":"{{bad}}"}""");

    [Theory]
    [InlineData("""{"properties":{"a":true}}""", """{"a":1}""")]
    [InlineData("""{"additionalProperties":true}""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":{"items":true}}}""", """{"a":[1]}""")]
    [InlineData("""{"properties":{"a":{}}}""", """{"a":1}""")]
    public void What_allows_everything_refuses_nothing(string schema, string good) =>
        Assert.Null(JsonSchemaValidator.Parse(schema, "some.schema.json").FindProblem(good));
}
