using Archiver.Poller.Validation;

namespace Archiver.Tests.Poller.Validation;

/// <summary>Every keyword of every draft, by what it allows and what it forbids.</summary>
public sealed class DraftTests
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["6"] = "http://json-schema.org/draft-06/schema#",
        ["7"] = "http://json-schema.org/draft-07/schema#",
        ["2019-09"] = "https://json-schema.org/draft/2019-09/schema",
        ["2020-12"] = "https://json-schema.org/draft/2020-12/schema",
    };

    private static readonly (string Drafts, string Schema, string Good, string Bad)[] Cases =
    [
        ("6 7 2019-09 2020-12", """{"type":"integer"}""", "1.0", "1.5"),
        ("6 7 2019-09 2020-12", """{"type":"integer"}""", "1e400", "1e-400"),
        ("6 7 2019-09 2020-12", """{"type":["null","boolean"]}""", "false", "0"),
        ("6 7 2019-09 2020-12", """{"enum":[{"a":[1,null]},"x",false]}""", """{"a":[1.0,null]}""", """{"a":[1,false]}"""),
        ("6 7 2019-09 2020-12", """{"enum":[0]}""", "0.0", "false"),
        ("2019-09 2020-12", """{"enum":[]}""", "", "1"),
        ("6 7 2019-09 2020-12", """{"const":{"a":1,"b":[2]}}""", """{"b":[2.0],"a":1}""", """{"a":1,"b":[2],"c":3}"""),
        ("6 7 2019-09 2020-12", """{"const":null}""", "null", "false"),
        ("6 7 2019-09 2020-12", """{"multipleOf":0.01}""", "4.02", "4.025"),
        ("6 7 2019-09 2020-12", """{"multipleOf":7}""", "7e30", "1e400"),
        ("6 7 2019-09 2020-12", """{"multipleOf":1e-8}""", "12391239123", "1e-9"),
        ("6 7 2019-09 2020-12", """{"minimum":-2.5}""", "-2.5", "-2.6"),
        ("6 7 2019-09 2020-12", """{"maximum":10}""", "10.0", "1e99999999999"),
        ("6 7 2019-09 2020-12", """{"exclusiveMinimum":0}""", "1e-400", "-0.0"),
        ("6 7 2019-09 2020-12", """{"exclusiveMaximum":9007199254740993}""", "9007199254740992", "9007199254740993"),
        // Two characters each, whatever they look like and however many bytes they take.
        ("6 7 2019-09 2020-12", """{"minLength":2}""", "\"e\\u0301\"", "\"\\ud83d\\ude00\""),
        ("6 7 2019-09 2020-12", """{"maxLength":1}""", "\"\\ud83d\\ude00\"", "\"e\\u0301\""),
        ("6 7 2019-09 2020-12", """{"maxLength":2.0}""", "\"ab\"", "\"abc\""),
        ("6 7 2019-09 2020-12", """{"pattern":"^a+$"}""", "\"aa\"", "\"ab\""),
        ("6 7 2019-09 2020-12", """{"pattern":"(?<=x)\\p{L}"}""", "\"x\u00e4\"", "\"yx\""),
        ("6 7 2019-09 2020-12", """{"format":"ipv4"}""", "\"127.0.0.1\"", "\"127.0.0.256\""),
        ("6 7 2019-09 2020-12", """{"minItems":1}""", "[null]", "[]"),
        ("6 7 2019-09 2020-12", """{"maxItems":1}""", "[1]", "[1,2]"),
        ("6 7 2019-09 2020-12", """{"uniqueItems":true}""", """[1,"1",true,[1],{"a":1},{"a":2},1e400]""", "[1,1.0]"),
        ("6 7 2019-09 2020-12", """{"uniqueItems":true}""", """[[1,2],[2,1],{},[],null,false,0,""]""", """[{"a":{"b":1,"c":2}},{"a":{"c":2.0,"b":1}}]"""),
        ("6 7 2019-09 2020-12", """{"items":{"type":"string"}}""", """["a"]""", """["a","b",1]"""),
        ("6 7 2019-09 2020-12", """{"items":false}""", "[]", "[1]"),
        ("6 7 2019-09 2020-12", """{"contains":{"type":"string"}}""", """[1,"a"]""", "[1,2]"),
        ("6 7 2019-09 2020-12", """{"contains":{"minimum":5}}""", "[3,5]", "[]"),
        ("6 7 2019-09 2020-12", """{"minProperties":1}""", """{"a":1}""", "{}"),
        ("6 7 2019-09 2020-12", """{"maxProperties":1}""", """{"a":1}""", """{"a":1,"b":1}"""),
        ("6 7 2019-09 2020-12", """{"required":["a","b\nc"]}""", """{"a":1,"b\nc":1}""", """{"a":1}"""),
        ("6 7 2019-09 2020-12", """{"properties":{"a/b~c":{"type":"string"},"0":false}}""", """{"a/b~c":"x"}""", """{"a/b~c":1}"""),
        ("6 7 2019-09 2020-12", """{"properties":{"0":false}}""", """{"00":1}""", """{"0":1}"""),
        ("6 7 2019-09 2020-12", """{"patternProperties":{"^a":{"type":"string"},"b$":{"maxLength":1}}}""", """{"ab":"x","c":1}""", """{"ab":"xy"}"""),
        ("6 7 2019-09 2020-12", """{"properties":{"a":{}},"patternProperties":{"^b/~":{}},"additionalProperties":false}""", """{"a":1,"b/~c":1}""", """{"c":1}"""),
        ("6 7 2019-09 2020-12", """{"patternProperties":{"(?<=x)\\p{L}":{}},"additionalProperties":{"type":"integer"}}""", """{"xy":"s","a":1}""", """{"yx":"s"}"""),
        ("6 7 2019-09 2020-12", """{"propertyNames":{"maxLength":1}}""", """{"a":1}""", """{"ab":1}"""),
        ("6 7 2019-09 2020-12", """{"propertyNames":false}""", "{}", """{"a":1}"""),
        ("6 7 2019-09 2020-12", """{"dependencies":{"a":["b"]}}""", """{"b":1}""", """{"a":1}"""),
        ("6 7 2019-09 2020-12", """{"dependencies":{"a":{"required":["b"]}}}""", """{"a":1,"b":1}""", """{"a":1}"""),
        ("6 7 2019-09 2020-12", """{"dependencies":{"a/b~c":{"required":["d"]}}}""", """{"a/b~c":1,"d":1}""", """{"a/b~c":1}"""),
        ("6 7 2019-09 2020-12", """{"allOf":[{"minimum":1},{"maximum":2}]}""", "1", "3"),
        ("6 7 2019-09 2020-12", """{"anyOf":[{"minimum":3},{"type":"string"}]}""", "\"a\"", "2"),
        ("6 7 2019-09 2020-12", """{"oneOf":[{"minimum":3},{"multipleOf":2}]}""", "5", "4"),
        ("6 7 2019-09 2020-12", """{"oneOf":[{"minimum":3},{"multipleOf":2}]}""", "2", "1"),
        ("6 7 2019-09 2020-12", """{"not":{"type":"string"}}""", "1", "\"a\""),
        ("6 7 2019-09 2020-12", """{"not":{"not":{"type":"string"}}}""", "\"a\"", "1"),
        ("6 7 2019-09 2020-12", """{"definitions":{"a":{"type":"string"}},"items":{"$ref":"#/definitions/a"}}""", """["a"]""", "[1]"),
        ("6 7 2019-09 2020-12", """{"$defs":{"a":{"type":"string"}},"items":{"$ref":"#/$defs/a"}}""", """["a"]""", "[1]"),
        ("6 7 2019-09 2020-12", """{"$id":"https://example.test/s.json","definitions":{"a":{"type":"string"}},"items":{"$ref":"https://example.test/s.json#/definitions/a"}}""", """["a"]""", "[1]"),
        ("6 7 2019-09 2020-12", """{"$id":"https://example.test/s.json","definitions":{"a":{"$id":"t.json","type":"string"}},"items":{"$ref":"t.json"}}""", """["a"]""", "[1]"),
        ("6 7 2019-09 2020-12", """{"x-own":{"a":{"const":1}},"items":{"$ref":"#/x-own/a"}}""", "[1]", "[2]"),
        ("6 7 2019-09 2020-12", """{"properties":{"p":{"items":{"properties":{"b":{"type":"string"}}}},"q":{"$ref":"#/properties/p/items/properties/b"}}}""", """{"q":"x"}""", """{"q":1}"""),
        ("6 7 2019-09 2020-12", """{"type":"object","properties":{"a":{"$ref":"#"}},"additionalProperties":false}""", """{"a":{"a":{}}}""", """{"a":{"b":1}}"""),
        ("6 7 2019-09 2020-12", """{"x":{"type":5},"optional":true,"type":"string"}""", "\"a\"", "1"),
        ("6 7 2019-09", """{"items":[{"type":"string"},{"type":"integer"}]}""", """["a",1,null]""", """["a","b"]"""),
        ("6 7 2019-09", """{"items":[true],"additionalItems":{"type":"integer"}}""", """["a",1]""", """["a","b"]"""),
        ("6 7 2019-09", """{"items":[true,false]}""", "[1]", "[1,2]"),
        ("6 7", """{"definitions":{"a":{"$id":"#name","type":"string"}},"items":{"$ref":"#name"}}""", """["a"]""", "[1]"),
        // Beside a reference these drafts look at nothing else.
        ("6 7", """{"definitions":{"a":{"type":"string"}},"items":{"$ref":"#/definitions/a","maxLength":1}}""", """["abc"]""", "[1]"),
        ("2019-09 2020-12", """{"$defs":{"a":{"type":"string"}},"items":{"$ref":"#/$defs/a","maxLength":1}}""", """["a"]""", """["abc"]"""),
        ("7 2019-09 2020-12", """{"if":{"required":["a"]},"then":{"required":["b"]}}""", """{"a":1,"b":1}""", """{"a":1}"""),
        ("7 2019-09 2020-12", """{"if":{"type":"string"},"else":{"minimum":1}}""", "\"a\"", "0"),
        ("7 2019-09 2020-12", """{"if":{"minimum":5},"then":{"multipleOf":5},"else":{"multipleOf":2}}""", "10", "3"),
        ("7 2019-09 2020-12", """{"then":{"const":1},"else":{"const":2},"type":"integer"}""", "3", "\"a\""),
        ("2019-09 2020-12", """{"dependentRequired":{"a":["b","c"]}}""", """{"a":1,"b":1,"c":1}""", """{"a":1,"b":1}"""),
        ("2019-09 2020-12", """{"dependentSchemas":{"a":{"properties":{"b":{"type":"string"}}}}}""", """{"b":1}""", """{"a":1,"b":1}"""),
        ("2019-09 2020-12", """{"contains":{"const":1},"minContains":2}""", "[1,2,1]", "[1,2]"),
        ("2019-09 2020-12", """{"contains":{"const":1},"maxContains":1}""", "[1,2]", "[1,1]"),
        ("2019-09 2020-12", """{"contains":{"const":1},"minContains":0,"maxContains":1}""", "[]", "[1,1]"),
        ("2019-09 2020-12", """{"properties":{"a":{}},"unevaluatedProperties":false}""", """{"a":1}""", """{"b":1}"""),
        ("2019-09 2020-12", """{"allOf":[{"properties":{"a":{}}},{"patternProperties":{"^x":{}}}],"unevaluatedProperties":false}""", """{"a":1,"xy":1}""", """{"a":1,"b":1}"""),
        ("2019-09 2020-12", """{"anyOf":[{"properties":{"a":{"const":1}}},{"properties":{"b":{"const":1}}}],"unevaluatedProperties":false}""", """{"a":1,"b":1}""", """{"a":2,"b":1}"""),
        ("2019-09 2020-12", """{"oneOf":[{"required":["a"],"properties":{"a":{}}},{"required":["b"],"properties":{"b":{}}}],"unevaluatedProperties":false}""", """{"a":1}""", """{"a":1,"c":1}"""),
        ("2019-09 2020-12", """{"if":{"properties":{"a":{"const":1}},"required":["a"]},"then":{"properties":{"b":{}}},"unevaluatedProperties":false}""", """{"a":1,"b":1}""", """{"a":2}"""),
        ("2019-09 2020-12", """{"not":{"not":{"properties":{"a":{}}}},"unevaluatedProperties":false}""", "{}", """{"a":1}"""),
        ("2019-09 2020-12", """{"$ref":"#/$defs/a","unevaluatedProperties":{"type":"string"},"$defs":{"a":{"properties":{"a":{}}}}}""", """{"a":1,"b":"x"}""", """{"a":1,"b":1}"""),
        ("2019-09 2020-12", """{"dependentSchemas":{"a":{"properties":{"b":{}}}},"properties":{"a":{}},"unevaluatedProperties":false}""", """{"a":1,"b":1}""", """{"b":1}"""),
        ("2019-09 2020-12", """{"dependentSchemas":{"a/b~c":{"required":["d"]}}}""", """{"a/b~c":1,"d":1}""", """{"a/b~c":1}"""),
        ("2019-09 2020-12", """{"properties":{"a/b~c":{}},"unevaluatedProperties":false}""", """{"a/b~c":1}""", """{"a~1b~0c":1}"""),
        ("2019-09 2020-12", """{"allOf":[{"additionalProperties":true}],"unevaluatedProperties":false,"type":"object"}""", """{"a":1}""", "1"),
        ("2019-09 2020-12", """{"properties":{"x":{"properties":{"y":{}},"unevaluatedProperties":false}},"unevaluatedProperties":false}""", """{"x":{"y":1}}""", """{"x":{"z":1}}"""),
        ("2019-09 2020-12", """{"unevaluatedItems":false}""", "[]", "[1]"),
        ("2019-09 2020-12", """{"items":true,"unevaluatedItems":false,"type":"array"}""", "[1,2]", "1"),
        ("2019-09 2020-12", """{"$anchor":"root","$defs":{"a":{"$anchor":"a","type":"string"}},"items":{"$ref":"#a"}}""", """["a"]""", "[1]"),
        ("2019-09 2020-12", """{"$id":"https://example.test/s","$defs":{"a":{"$id":"t","$anchor":"b","type":"string"}},"items":{"$ref":"t#b"}}""", """["a"]""", "[1]"),
        ("2019-09", """{"items":[true],"unevaluatedItems":false}""", "[1]", "[1,2]"),
        ("2019-09", """{"allOf":[{"items":[true,true]}],"unevaluatedItems":{"type":"string"}}""", """[1,2,"a"]""", "[1,2,3]"),
        ("2019-09", """{"$recursiveAnchor":true,"properties":{"n":{"$recursiveRef":"#"}},"additionalProperties":{"type":"string"}}""", """{"n":{"a":"x"}}""", """{"n":{"a":1}}"""),
        ("2019-09", """{"properties":{"n":{"$recursiveRef":"#"}},"additionalProperties":false}""", """{"n":{"n":{}}}""", """{"n":{"a":1}}"""),
        ("2019-09", """{"$id":"https://example.test/strict","$recursiveAnchor":true,"$ref":"tree","unevaluatedProperties":false,"$defs":{"tree":{"$id":"tree","$recursiveAnchor":true,"properties":{"n":{"items":{"$recursiveRef":"#"}}}}}}""", """{"n":[{"n":[]}]}""", """{"n":[{"m":1}]}"""),
        ("2020-12", """{"prefixItems":[{"type":"string"},false]}""", """["a"]""", """["a",1]"""),
        ("2020-12", """{"prefixItems":[true],"items":{"type":"integer"}}""", """["a",1]""", """["a","b"]"""),
        ("2020-12", """{"prefixItems":[true],"unevaluatedItems":false}""", "[1]", "[1,2]"),
        ("2020-12", """{"contains":{"type":"string"},"unevaluatedItems":false}""", """["a","b"]""", """["a",1]"""),
        ("2020-12", """{"allOf":[{"prefixItems":[true]},{"contains":{"const":3}}],"unevaluatedItems":{"type":"string"}}""", """[1,"a",3]""", "[1,2,3]"),
        ("2020-12", """{"$dynamicAnchor":"node","properties":{"n":{"$dynamicRef":"#node"}},"additionalProperties":{"type":"string"}}""", """{"n":{"a":"x"}}""", """{"n":{"a":1}}"""),
        ("2020-12", """{"$id":"https://example.test/strict","$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false,"$defs":{"tree":{"$id":"tree","$dynamicAnchor":"node","properties":{"n":{"items":{"$dynamicRef":"#node"}}}}}}""", """{"n":[{"n":[]}]}""", """{"n":[{"m":1}]}"""),
        ("2020-12", """{"$defs":{"a":{"$anchor":"a","type":"string"}},"items":{"$dynamicRef":"#a"}}""", """["a"]""", "[1]"),
        ("2020-12", """{"items":{"$dynamicRef":"#/$defs/a"},"$defs":{"a":{"type":"string"}}}""", """["a"]""", "[1]"),
    ];

    public static TheoryData<string, string, string, string> OfEveryDraft { get; } = [..
        Cases.SelectMany(static one => one.Drafts.Split(' ').Select(draft => new TheoryDataRow<string, string, string, string>(draft, one.Schema, one.Good, one.Bad)))];

    [Theory]
    [MemberData(nameof(OfEveryDraft))]
    public void A_keyword_holds(string draft, string schema, string good, string bad)
    {
        var validator = JsonSchemaValidator.Parse($"{{\"$schema\":\"{Names[draft]}\",{schema[1..]}", "some.schema.json");

        if (good.Length > 0)
            Assert.Null(validator.FindProblem(good));
        Assert.NotNull(validator.FindProblem(bad));
        Assert.NotEmpty(validator.FindProblem(bad)!);
    }

    [Theory]
    [InlineData("http://json-schema.org/draft-07/schema")]
    [InlineData("https://json-schema.org/draft-07/schema#")]
    [InlineData("http://json-schema.org/draft-06/schema#")]
    [InlineData("http://json-schema.org/draft/2019-09/schema#")]
    public void A_draft_may_be_named_in_other_ways(string name)
    {
        var validator = JsonSchemaValidator.Parse($$"""{"$schema":"{{name}}","items":[{"type":"string"}]}""", "some.schema.json");

        Assert.NotNull(validator.FindProblem("[1]"));
    }

    [Fact]
    public void Without_a_name_it_is_2020_12() =>
        Assert.NotNull(JsonSchemaValidator.Parse("""{"prefixItems":[{"type":"string"}]}""", "some.schema.json").FindProblem("[1]"));

    [Fact]
    public void Schemas_of_one_name_do_not_meet()
    {
        var first = JsonSchemaValidator.Parse("""{"$id":"https://example.test/s","$anchor":"a","const":1}""", "first");
        var second = JsonSchemaValidator.Parse("""{"$id":"https://example.test/s","$anchor":"a","const":2}""", "second");

        Assert.Null(first.FindProblem("1"));
        Assert.Null(second.FindProblem("2"));
        Assert.NotNull(second.FindProblem("1"));
    }
}
