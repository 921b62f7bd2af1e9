using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Poller.Validation;

/// <summary>
/// Refuses a schema that uses a standard keyword which the validator would silently ignore: a rule that is quietly not checked is worse
/// than none. Unknown annotations are fine. Vocabularies: https://json-schema.org/draft/2020-12/json-schema-validation
/// </summary>
internal static class SchemaKeywords
{
    private static readonly HashSet<string> NotEnforced =
    [
        "const", "if", "then", "else", "dependentRequired", "dependentSchemas", "dependencies", "contains", "minContains", "maxContains",
        "prefixItems", "propertyNames", "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef",
    ];

    private static readonly HashSet<string> FormatsNotEnforced =
    [
        "duration", "idn-email", "idn-hostname", "uri-reference", "iri", "iri-reference", "uri-template", "json-pointer", "relative-json-pointer", "regex",
    ];

    private static readonly HashSet<string> HoldOneSchema = ["items", "additionalItems", "additionalProperties", "not"];
    private static readonly HashSet<string> HoldListOfSchemas = ["allOf", "anyOf", "oneOf", "items"];
    private static readonly HashSet<string> HoldNamedSchemas = ["properties", "patternProperties", "$defs", "definitions"];

    /// <summary>Throws when the schema has such a keyword.</summary>
    /// <exception cref="ArchiverException">Exit code 78, naming the keyword and where it stands.</exception>
    public static void Check(JsonElement schema, string file) => Check(schema, "#", file);

    private static void Check(JsonElement schema, string where, string file)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return;
        foreach (var keyword in schema.EnumerateObject())
        {
            if (NotEnforced.Contains(keyword.Name))
                throw Refused($"\"{keyword.Name}\"", where, file);
            if (keyword.Name == "format" && keyword.Value.ValueKind == JsonValueKind.String && FormatsNotEnforced.Contains(keyword.Value.GetString()!))
                throw Refused($"\"format\": \"{keyword.Value.GetString()}\"", where, file);
            CheckBelow(keyword, where, file);
        }
    }

    private static void CheckBelow(JsonProperty keyword, string where, string file)
    {
        if (HoldOneSchema.Contains(keyword.Name))
            Check(keyword.Value, $"{where}/{keyword.Name}", file);
        if (HoldListOfSchemas.Contains(keyword.Name) && keyword.Value.ValueKind == JsonValueKind.Array)
            foreach (var (index, item) in keyword.Value.EnumerateArray().Index())
                Check(item, $"{where}/{keyword.Name}/{index}", file);
        if (HoldNamedSchemas.Contains(keyword.Name) && keyword.Value.ValueKind == JsonValueKind.Object)
            foreach (var named in keyword.Value.EnumerateObject())
                Check(named.Value, $"{where}/{keyword.Name}/{named.Name}", file);
    }

    private static ArchiverException Refused(string keyword, string where, string file) => new(ExitCode.Config,
        $"The schema {file} uses {keyword} at {where}, which would not be enforced; express the rule without it.");
}
