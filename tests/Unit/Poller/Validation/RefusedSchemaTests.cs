using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Validation;

namespace Archiver.Tests.Poller.Validation;

/// <summary>A schema that would fail later, or a rule that would quietly not be checked, is refused at start, with its place.</summary>
public sealed class RefusedSchemaTests
{
    private const string Draft6 = "\"$schema\":\"http://json-schema.org/draft-06/schema#\",";
    private const string Draft7 = "\"$schema\":\"http://json-schema.org/draft-07/schema#\",";
    private const string Draft2019 = "\"$schema\":\"https://json-schema.org/draft/2019-09/schema\",";

    public static TheoryData<string, string> Malformed { get; } = new()
    {
        { """{"type":5}""", "#/type: draft 2020-12 does not allow 5 there" },
        { """{"type":"text"}""", "#/type" },
        { """{"type":["object","any"]}""", "#/type/1" },
        { """{"type":[]}""", "#/type" },
        { """{"properties":[]}""", "#/properties" },
        { """{"properties":{"a":5}}""", "#/properties/a" },
        { """{"properties":{"a~/b":{"type":5}}}""", "#/properties/a~0~1b/type" },
        { """{"required":"a"}""", "#/required: draft 2020-12 does not allow \"a\" there" },
        { """{"required":[1]}""", "#/required/0" },
        { """{"properties":{"a":{"required":true}}}""", "#/properties/a/required" },
        { """{"properties":{"a":{"pattern":5}}}""", "#/properties/a/pattern" },
        { """{"properties":{"a":{"pattern":"["}}}""", "#/properties/a/pattern" },
        { """{"patternProperties":{"[":{}}}""", "#/patternProperties" },
        { """{"properties":{"a":{"enum":"x"}}}""", "#/properties/a/enum" },
        { """{"properties":{"a":{"multipleOf":0}}}""", "#/properties/a/multipleOf" },
        { """{"properties":{"a":{"multipleOf":"2"}}}""", "#/properties/a/multipleOf" },
        { """{"minProperties":"one"}""", "#/minProperties" },
        { """{"maxLength":-1}""", "#/maxLength" },
        { """{"minItems":1.5}""", "#/minItems" },
        { """{"uniqueItems":"yes"}""", "#/uniqueItems" },
        { """{"format":5}""", "#/format" },
        { """{"anyOf":[]}""", "#/anyOf" },
        { """{"allOf":{}}""", "#/allOf" },
        { """{"oneOf":[{"minimum":"1"}]}""", "#/oneOf/0/minimum" },
        { """{"not":5}""", "#/not" },
        { """{"if":[]}""", "#/if" },
        { """{"contains":{"minContains":-1}}""", "#/contains/minContains" },
        { """{"prefixItems":{}}""", "#/prefixItems" },
        { """{"items":[{"type":"string"}]}""", "#/items" },
        { """{"items":{"items":{"type":5}}}""", "#/items/items/type" },
        { """{"dependentRequired":{"a":"b"}}""", "#/dependentRequired/a" },
        { """{"dependentSchemas":{"a":[]}}""", "#/dependentSchemas/a" },
        { """{"unevaluatedProperties":"no"}""", "#/unevaluatedProperties" },
        { """{"propertyNames":"a"}""", "#/propertyNames" },
        { """{"$defs":{"t":{"type":5}}}""", "#/$defs/t/type" },
        { """{"$ref":5}""", "#/$ref" },
        { """{"$id":"https://example.test/a#b"}""", "#/$id" },
        { """{"$anchor":"1a"}""", "#/$anchor" },
        { "{" + Draft7 + "\"definitions\":{\"t\":{\"minimum\":\"1\"}}}", "#/definitions/t/minimum: draft 7 does not allow \"1\" there" },
        { "{" + Draft7 + "\"properties\":{\"a\":{\"minimum\":2,\"exclusiveMinimum\":true}}}", "#/properties/a/exclusiveMinimum" },
        { "{" + Draft7 + "\"dependencies\":{\"a\":5}}", "#/dependencies/a" },
        { "{" + Draft6 + "\"contains\":5}", "#/contains" },
        { "{" + Draft2019 + "\"$recursiveAnchor\":\"x\"}", "#/$recursiveAnchor" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_schema_is_refused_with_the_place(string schema, string place) =>
        Assert.Contains($"malformed at {place}", Refusal(schema), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("""{"type":"object","type":"array"}""")]
    [InlineData("""{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}""")]
    [InlineData("""{"$defs":{"a":{"$id":"x"},"b":{"$id":"x"}}}""")]
    [InlineData("""{"x-own":{"type":5},"properties":{"a":{"$ref":"#/x-own"}}}""")]
    [InlineData("""{"$defs":{"a":{"$id":"x","$schema":"http://json-schema.org/draft-04/schema#"}}}""")]
    public void What_is_no_schema_is_refused(string schema) => Assert.DoesNotContain('\n', Refusal(schema));

    [Theory]
    [InlineData("http://json-schema.org/draft-03/schema#")]
    [InlineData("http://json-schema.org/draft-04/schema#")]
    [InlineData("http://json-schema.org/draft-05/schema#")]
    [InlineData("http://json-schema.org/schema#")]
    [InlineData("https://json-schema.org/v1")]
    [InlineData("https://json-schema.org/draft/2020-12/meta/core")]
    [InlineData("https://example.test/schema")]
    [InlineData("2020-12")]
    [InlineData("")]
    public void A_draft_that_is_not_supported_is_named(string draft) => Assert.Contains(
        $"is written in \"{draft}\" (#/$schema), which is not supported; use draft 6, 7, 2019-09, 2020-12.",
        Refusal($$"""{"$schema":"{{draft}}"}"""), StringComparison.Ordinal);

    [Fact]
    public void A_draft_that_is_no_text_is_refused() => Assert.Contains("(#/$schema)", Refusal("""{"$schema":7}"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/missing"}}}""", "#/properties/a", "#/$defs/missing")]
    [InlineData("""{"properties":{"a":{"$ref":"https://example.test/other.json"}}}""", "#/properties/a", "https://example.test/other.json")]
    [InlineData("""{"properties":{"a":{"$ref":"/etc/hostname"}}}""", "#/properties/a", "/etc/hostname")]
    [InlineData("""{"properties":{"a":{"$ref":"file:///etc/hostname"}}}""", "#/properties/a", "file:///etc/hostname")]
    [InlineData("""{"items":{"anyOf":[true,{"$ref":"other.json#/a"}]}}""", "#/items/anyOf/1", "other.json#/a")]
    [InlineData("""{"$defs":{"never":{"$ref":"#missing"}}}""", "#/$defs/never", "#missing")]
    [InlineData("""{"x-own":{"$ref":"#/nowhere"},"properties":{"a":{"$ref":"#/x-own"}}}""", "#/properties/a/$ref", "#/nowhere")]
    [InlineData("""{"$dynamicRef":"#missing"}""", "#", "#missing")]
    [InlineData("""{"if":{"$ref":"#/then/nowhere"},"then":{}}""", "#/if", "#/then/nowhere")]
    [InlineData("""{"contains":{"$ref":"#/x"}}""", "#/contains", "#/x")]
    [InlineData("{" + Draft7 + "\"properties\":{\"a\":{\"$ref\":\"#/definitions/b\"}}}", "#/properties/a", "#/definitions/b")]
    [InlineData("{" + Draft2019 + "\"$ref\":\"#b\"}", "#", "#b")]
    public void A_reference_that_leads_nowhere_is_refused_with_its_place(string schema, string place, string reference) =>
        Assert.Contains($"refers at {place} to \"{reference}\", which is not in it", Refusal(schema), StringComparison.Ordinal);

    [Theory]
    [InlineData(Draft6, "if", "{}")]
    [InlineData(Draft6, "then", "{}")]
    [InlineData(Draft6, "else", "{}")]
    [InlineData(Draft7, "dependentRequired", """{"a":["b"]}""")]
    [InlineData(Draft7, "dependentSchemas", """{"a":{}}""")]
    [InlineData(Draft7, "minContains", "1")]
    [InlineData(Draft7, "maxContains", "1")]
    [InlineData(Draft7, "unevaluatedProperties", "false")]
    [InlineData(Draft7, "unevaluatedItems", "false")]
    [InlineData(Draft2019, "prefixItems", "[{}]")]
    [InlineData(Draft2019, "$dynamicRef", "\"#x\"")]
    [InlineData("", "$recursiveRef", "\"#\"")]
    [InlineData("\"prefixItems\":[{}],", "additionalItems", "false")]
    [InlineData("", "divisibleBy", "2")]
    [InlineData("", "disallow", "\"string\"")]
    [InlineData("", "extends", "{}")]
    public void A_keyword_of_another_draft_is_named(string before, string keyword, string value) =>
        Assert.Contains($"uses \"{keyword}\" at #, which draft", Refusal($"{{{before}\"{keyword}\":{value}}}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("items", "#/items")]
    [InlineData("not", "#/not")]
    [InlineData("if", "#/if")]
    [InlineData("contains", "#/contains")]
    [InlineData("additionalProperties", "#/additionalProperties")]
    public void Its_place_is_told(string around, string place) =>
        Assert.Contains($"\"disallow\" at {place}/properties/a,", Refusal("""{"AROUND":{"properties":{"a":{"disallow":"x"}}}}""".Replace("AROUND", around, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("allOf", "#/allOf/1")]
    [InlineData("prefixItems", "#/prefixItems/1")]
    public void Its_place_in_a_list_is_told(string around, string place) =>
        Assert.Contains($"\"disallow\" at {place}/items,", Refusal("""{"AROUND":[{},{"items":{"disallow":"x"}}]}""".Replace("AROUND", around, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("patternProperties", "#/patternProperties/a~1b")]
    [InlineData("$defs", "#/$defs/a~1b")]
    [InlineData("definitions", "#/definitions/a~1b")]
    [InlineData("dependentSchemas", "#/dependentSchemas/a~1b")]
    public void Its_place_under_a_name_is_told(string around, string place) =>
        Assert.Contains($"\"disallow\" at {place},", Refusal("""{"AROUND":{"x":{},"a/b":{"disallow":"x"}}}""".Replace("AROUND", around, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("ip-address")]
    [InlineData("host-name")]
    [InlineData("phone")]
    [InlineData("color")]
    public void A_format_of_draft_3_is_named(string format) =>
        Assert.Contains($"\"format\": \"{format}\" at #/properties/a,", Refusal("""{"properties":{"a":{"type":"string","format":"FORMAT"}}}""".Replace("FORMAT", format, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"properties":{"const":{"type":"string"}}}""")]
    [InlineData("""{"properties":{"divisibleBy":{"type":"string"},"$recursiveRef":{"type":"string"},"$ref":{"type":"string"}}}""")]
    [InlineData("""{"required":["contains"]}""")]
    [InlineData("""{"enum":[{"$ref":"#/nowhere"}],"const":{"disallow":1}}""")]
    [InlineData("""{"properties":{"a":{"default":{"extends":1},"examples":[{"$ref":"nowhere"}]}}}""")]
    [InlineData("""{"optional":true,"x-note":{"type":5},"$comment":"const"}""")]
    [InlineData("""{"properties":{"a":{"type":"string","format":"x-own-format"}}}""")]
    [InlineData("""{"title":"t","description":"d","deprecated":true,"readOnly":true,"writeOnly":true,"$id":"https://example.test/s","$anchor":"x"}""")]
    [InlineData("""{"$defs":{"t":{}},"definitions":{"t":{}}}""")]
    [InlineData("""{"items":{},"additionalItems":false}""")]
    [InlineData("""{/* why */"type":"object"}""")]
    [InlineData("""{"$ref":"https://json-schema.org/draft/2020-12/schema"}""")]
    [InlineData("{" + Draft7 + "\"$defs\":{\"a\":{}},\"$ref\":\"#/$defs/a\"}")]
    public void Names_values_and_annotations_are_no_keywords(string schema) => Assert.NotNull(JsonSchemaValidator.Parse(schema, "some.schema.json"));

    private static string Refusal(string schema)
    {
        var error = Assert.Throws<ArchiverException>(() => JsonSchemaValidator.Parse(schema, "some.schema.json"));
        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.StartsWith("The schema some.schema.json ", error.Message, StringComparison.Ordinal);
        return error.Message;
    }
}
