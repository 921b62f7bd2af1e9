using Archiver.Poller.Validation;

namespace Archiver.Tests.Poller.Validation;

/// <summary>What is told of a message that breaks a rule: property and rule.</summary>
public sealed class ProblemTextTests
{
    [Theory]
    [InlineData("""{"required":["a"]}""", "{}", "a: the property \"a\" is missing")]
    [InlineData("""{"items":{"required":["a","b"]}}""", "[{}]", "[0].a: the property \"a\" is missing; [0].b: the property \"b\" is missing")]
    [InlineData("""{"type":"object"}""", "5", "the request must be of type object")]
    [InlineData("""{"properties":{"a":{"type":["string","null"]}}}""", """{"a":5}""", "a must be of type string or null")]
    [InlineData("""{"properties":{"a":{"enum":["x",null,2]}}}""", """{"a":5}""", "a is none of x, null, 2")]
    [InlineData("""{"properties":{"a":{"pattern":"^b"}}}""", """{"a":"c"}""", "a does not match ^b")]
    [InlineData("""{"properties":{"a":{"format":"date-time"}}}""", """{"a":"c"}""", "a is not a valid date-time")]
    [InlineData("""{"properties":{"a":{"properties":{"b/c~d":{"const":{"x":1}}}}}}""", """{"a":{"b/c~d":1}}""", "a.b/c~d breaks the rule const: {\"x\":1}")]
    [InlineData("""{"properties":{"a":{"minItems":1}}}""", """{"a":[]}""", "a breaks the rule minItems: 1")]
    [InlineData("""{"additionalProperties":false}""", """{"a":1,"b":2}""", "a is not allowed; b is not allowed")]
    [InlineData("""{"unevaluatedProperties":false}""", """{"a":1}""", "a is not allowed")]
    [InlineData("""{"prefixItems":[true,true],"items":{"type":"string"}}""", "[1,2,3]", "[2] must be of type string")]
    [InlineData("""{"contains":{"const":1}}""", "[2]", "the request breaks the rule contains: {\"const\":1}")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","contains":{"const":1}}""", "[2]", "the request breaks the rule contains: {\"const\":1}")]
    [InlineData("""{"not":{"type":"object"}}""", "{}", "the request breaks the rule not: {\"type\":\"object\"}")]
    [InlineData("""{"anyOf":[{"type":"string"},{"required":["a"],"properties":{"b":false}}]}""", """{"b":1}""",
        "the request fits none of the forms that are allowed (the request must be of type string; or a: the property \"a\" is missing and b is not allowed)")]
    [InlineData("""{"oneOf":[{},{"type":"object"}]}""", "{}", "the request fits more than one of the forms of which only one is allowed")]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", """{"ab":1}""", "the request has names of properties that are not allowed (ab breaks the rule maxLength: 1)")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", "the request breaks the rule dependentRequired: {\"a\":[\"b\"]}")]
    [InlineData("""{"dependencies":{"a":["b"]}}""", """{"a":1}""", "the request breaks the rule dependencies: {\"a\":[\"b\"]}")]
    [InlineData("""{"if":{"required":["a"]},"then":{"required":["b"]}}""", """{"a":1}""", "b: the property \"b\" is missing")]
    [InlineData("""{"if":{"required":["a"]},"else":{"required":["b"]}}""", "{}", "b: the property \"b\" is missing")]
    [InlineData("""{"properties":{"a":{"$ref":"https://json-schema.org/draft/2020-12/schema"}}}""", """{"a":{"minItems":-1}}""", "a.minItems: -1 should be at least 0")]
    // What did not fit where something else did is no problem.
    [InlineData("""{"anyOf":[{"required":["a"]},{}],"contains":{"const":1},"not":{"required":["c"]},"required":["d"]}""", "{}", "d: the property \"d\" is missing")]
    [InlineData("""{"$defs":{"t":{"type":"string"}},"items":{"$ref":"#/$defs/t"}}""", "[1]", "[0] must be of type string")]
    public void It_names_property_and_rule(string schema, string body, string problem) =>
        Assert.Equal(problem, JsonSchemaValidator.Parse(schema, "own.json").FindProblem(body));

    [Fact]
    public void Long_rules_are_cut() => Assert.Equal(
        $"the request breaks the rule const: \"{new string('x', 99)}...",
        JsonSchemaValidator.Parse($$"""{"const":"{{new string('x', 200)}}"}""", "own.json").FindProblem("1"));
}
