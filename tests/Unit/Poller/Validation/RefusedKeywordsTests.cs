using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Validation;

namespace Archiver.Tests.Poller.Validation;

/// <summary>A rule that would quietly not be checked is worse than none: the schema is refused at start.</summary>
public sealed class RefusedKeywordsTests
{
    [Theory]
    [InlineData("const", """{"const":{}}""", "#")]
    [InlineData("if", """{"if":{"required":["a"]},"then":{"required":["b"]}}""", "#")]
    [InlineData("then", """{"then":{}}""", "#")]
    [InlineData("else", """{"else":{}}""", "#")]
    [InlineData("dependentRequired", """{"dependentRequired":{"a":["b"]}}""", "#")]
    [InlineData("dependentSchemas", """{"dependentSchemas":{"a":{}}}""", "#")]
    [InlineData("dependencies", """{"dependencies":{"a":["b"]}}""", "#")]
    [InlineData("contains", """{"properties":{"a":{"contains":{"type":"string"}}}}""", "#/properties/a")]
    [InlineData("minContains", """{"properties":{"a":{"minContains":1}}}""", "#/properties/a")]
    [InlineData("maxContains", """{"properties":{"a":{"maxContains":1}}}""", "#/properties/a")]
    [InlineData("prefixItems", """{"properties":{"a":{"prefixItems":[{"type":"string"}]}}}""", "#/properties/a")]
    [InlineData("propertyNames", """{"propertyNames":{"pattern":"^a"}}""", "#")]
    [InlineData("unevaluatedProperties", """{"unevaluatedProperties":false}""", "#")]
    [InlineData("unevaluatedItems", """{"unevaluatedItems":false}""", "#")]
    [InlineData("$dynamicRef", """{"$dynamicRef":"#x"}""", "#")]
    [InlineData("$recursiveRef", """{"$recursiveRef":"#"}""", "#")]
    [InlineData("const", """{"items":{"const":1}}""", "#/items")]
    [InlineData("const", """{"items":[{},{"const":1}]}""", "#/items/1")]
    [InlineData("const", """{"additionalItems":{"const":1}}""", "#/additionalItems")]
    [InlineData("const", """{"additionalProperties":{"const":1}}""", "#/additionalProperties")]
    [InlineData("const", """{"not":{"const":1}}""", "#/not")]
    [InlineData("const", """{"allOf":[{"const":1}]}""", "#/allOf/0")]
    [InlineData("const", """{"anyOf":[{},{"const":1}]}""", "#/anyOf/1")]
    [InlineData("const", """{"oneOf":[{"const":1}]}""", "#/oneOf/0")]
    [InlineData("const", """{"patternProperties":{"^a":{"const":1}}}""", "#/patternProperties/^a")]
    [InlineData("const", """{"$defs":{"t":{"properties":{"a":{"const":1}}}}}""", "#/$defs/t/properties/a")]
    [InlineData("const", """{"definitions":{"t":{"const":1}}}""", "#/definitions/t")]
    public async Task A_keyword_that_would_not_be_enforced_is_named_with_its_place(string keyword, string schema, string place)
    {
        var error = await RefusalAsync(schema);

        Assert.Contains($"\"{keyword}\" at {place},", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("duration")]
    [InlineData("idn-email")]
    [InlineData("idn-hostname")]
    [InlineData("uri-reference")]
    [InlineData("iri")]
    [InlineData("iri-reference")]
    [InlineData("uri-template")]
    [InlineData("json-pointer")]
    [InlineData("relative-json-pointer")]
    [InlineData("regex")]
    [InlineData("ip-address")]
    [InlineData("host-name")]
    public async Task A_format_that_would_not_be_enforced_is_named(string format)
    {
        var error = await RefusalAsync("""{"properties":{"a":{"type":"string","format":"FORMAT"}}}""".Replace("FORMAT", format, StringComparison.Ordinal));

        Assert.Contains($"\"format\": \"{format}\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"properties":{"const":{"type":"string"}}}""")]
    [InlineData("""{"properties":{"if":{"type":"string"},"then":{"type":"string"}}}""")]
    [InlineData("""{"required":["contains"]}""")]
    [InlineData("""{"properties":{"a":{"type":"string","enum":["const"]}}}""")]
    [InlineData("""{"properties":{"a":{"default":{"const":1},"examples":[{"const":1}]}}}""")]
    [InlineData("""{"optional":true,"x-note":{"const":1},"$comment":"const"}""")]
    [InlineData("""{"properties":{"a":{"type":"string","format":"x-own-format"}}}""")]
    [InlineData("""{"title":"t","description":"d","deprecated":true,"readOnly":true,"writeOnly":true,"$id":"https://example.test/s","$anchor":"x"}""")]
    public async Task Names_values_and_annotations_are_no_keywords(string schema) =>
        Assert.NotNull(await JsonSchemaValidator.ParseAsync(schema, "some.schema.json", TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("""{"type":5}""")]
    [InlineData("""{"properties":[]}""")]
    [InlineData("""{"required":"a"}""")]
    [InlineData("""{"properties":{"a":{"required":true}}}""")]
    [InlineData("""{"properties":{"a":{"pattern":5}}}""")]
    [InlineData("""{"$defs":{"t":{}},"definitions":{"t":{}}}""")]
    [InlineData("""{"minProperties":"one"}""")]
    public async Task What_is_no_schema_is_refused(string schema)
    {
        var error = await RefusalAsync(schema);

        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("""{"type":"text"}""", "\"type\"")]
    [InlineData("""{"type":["object","any"]}""", "\"type\"")]
    [InlineData("""{"type":[]}""", "\"type\"")]
    [InlineData("""{"properties":{"a":{"enum":[1,2]}}}""", "\"enum\"")]
    [InlineData("""{"properties":{"a":{"enum":["1"]}}}""", "\"enum\"")]
    [InlineData("""{"properties":{"a":{"enum":["True"]}}}""", "\"enum\"")]
    [InlineData("""{"properties":{"a":{"enum":[]}}}""", "\"enum\"")]
    [InlineData("""{"properties":{"a":{"type":"object","enum":[{"x":1}]}}}""", "\"enum\"")]
    [InlineData("""{"properties":{"a":{"type":["string","integer"],"enum":["1"]}}}""", "\"enum\"")]
    [InlineData("""{"properties":{"a":{"type":["string","null"],"enum":["x"]}}}""", "\"enum\"")]
    [InlineData("""{"properties":{"a":{"uniqueItems":true}}}""", "\"uniqueItems\"")]
    [InlineData("""{"properties":{"a":{"uniqueItems":true,"items":{"type":"object"}}}}""", "\"uniqueItems\"")]
    [InlineData("""{"properties":{"a":{"items":[],"additionalItems":false}}}""", "\"items\"")]
    [InlineData("""{"properties":{"a":{"multipleOf":0}}}""", "\"multipleOf\"")]
    [InlineData("""{"properties":{"a":{"pattern":"["}}}""", "\"pattern\"")]
    [InlineData("""{"patternProperties":{"[":{}}}""", "\"patternProperties\"")]
    [InlineData("""{"$defs":{"t":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/t","minLength":5}}}""", "\"minLength\" beside \"$ref\"")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/missing"}}}""", "\"$ref\": \"#/$defs/missing\"")]
    [InlineData("""{"x-own":{"const":1},"properties":{"a":{"$ref":"#/x-own"}}}""", "\"$ref\": \"#/x-own\"")]
    [InlineData("""{"properties":{"a":{"$ref":"https://example.test/other.json"}}}""", "\"$ref\": \"https://example.test/other.json\"")]
    [InlineData("""{"properties":{"a":{"$ref":"/etc/hostname"}}}""", "\"$ref\": \"/etc/hostname\"")]
    [InlineData("""{"properties":{"a":{"divisibleBy":2}}}""", "\"divisibleBy\"")]
    [InlineData("""{"disallow":"string"}""", "\"disallow\"")]
    [InlineData("""{"extends":{"required":["a"]}}""", "\"extends\"")]
    public async Task A_form_that_would_not_be_enforced_is_named(string schema, string words) =>
        Assert.Contains(words, (await RefusalAsync(schema)).Message, StringComparison.Ordinal);

    private static async Task<ArchiverException> RefusalAsync(string schema)
    {
        var error = await Assert.ThrowsAsync<ArchiverException>(
            () => JsonSchemaValidator.ParseAsync(schema, "some.schema.json", TestContext.Current.CancellationToken));
        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.Contains("some.schema.json", error.Message, StringComparison.Ordinal);
        return error;
    }
}
