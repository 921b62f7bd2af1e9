using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Archiver.Poller.Validation;

/// <summary>Finds forms of known keywords that the validator would take for something else, or fail on with every message.</summary>
internal static class SchemaForms
{
    private static readonly HashSet<string> Types = ["object", "array", "string", "integer", "number", "boolean", "null"];

    private static readonly HashSet<string> Assertions =
    [
        "type", "properties", "required", "additionalProperties", "patternProperties", "minProperties", "maxProperties", "items", "additionalItems", "minItems", "maxItems",
        "uniqueItems", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "enum",
        "allOf", "anyOf", "oneOf", "not",
    ];

    /// <summary>The first such form in a schema, in words; those within it are not looked at.</summary>
    public static string? FindProblem(JsonElement schema) =>
        schema.EnumerateObject().Select(keyword => keyword.Name switch
        {
            "type" when !IsType(keyword.Value) => "a \"type\" that does not exist",
            "enum" when !IsDistinct(keyword.Value, TypesOf(schema)) => "\"enum\" without the one \"type\" of its values",
            "pattern" when !IsPattern(keyword.Value.GetString()) => "a \"pattern\" that is no regular expression",
            "patternProperties" when !keyword.Value.EnumerateObject().All(static named => IsPattern(named.Name)) => "\"patternProperties\" that are no regular expressions",
            "multipleOf" when !(keyword.Value.GetDouble() > 0) => "a \"multipleOf\" that is not positive",
            "items" when keyword.Value is { ValueKind: JsonValueKind.Array } items && items.GetArrayLength() == 0 => "\"items\" of an empty list",
            "uniqueItems" when keyword.Value.ValueKind == JsonValueKind.True && !HasPlainItems(schema) => "\"uniqueItems\" without \"items\" of a plain \"type\"",
            "$ref" when schema.EnumerateObject().FirstOrDefault(static other => Assertions.Contains(other.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } other =>
                $"\"{other.Name}\" beside \"$ref\"",
            _ => null,
        }).FirstOrDefault(static problem => problem is not null);

    private static bool IsType(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.GetArrayLength() > 0 && type.EnumerateArray().All(static one => one.ValueKind == JsonValueKind.String && Types.Contains(one.GetString()!))
        : type.ValueKind == JsonValueKind.String && Types.Contains(type.GetString()!);

    private static List<string> TypesOf(JsonElement schema) =>
        !schema.TryGetProperty("type", out var type) || !IsType(type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(static one => one.GetString()!)]
        : [type.GetString()!];

    // The validator compares values by their text: 1 and "1" are the same to it unless the type tells them apart.
    private static bool IsDistinct(JsonElement values, List<string> types)
    {
        if (values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0)
            return false;
        var kinds = values.EnumerateArray().Select(static value => value.ValueKind).ToHashSet();
        if (types.Remove("null") && !kinds.Contains(JsonValueKind.Null))
            return false;
        kinds.Remove(JsonValueKind.Null);
        return types switch
        {
            [] => values.EnumerateArray().All(static value => value.ValueKind == JsonValueKind.Null || IsUnmistakable(value)),
            ["string"] => kinds.All(static kind => kind == JsonValueKind.String),
            ["integer" or "number"] => kinds.All(static kind => kind == JsonValueKind.Number),
            ["boolean"] => kinds.All(static kind => kind is JsonValueKind.True or JsonValueKind.False),
            _ => false,
        };
    }

    private static bool IsUnmistakable(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
        && text[0] is not ('{' or '[') && !bool.TryParse(text, out _) && !double.TryParse(text, CultureInfo.InvariantCulture, out _);

    private static bool HasPlainItems(JsonElement schema) =>
        schema.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object
        && TypesOf(items) is { Count: > 0 } types && types.TrueForAll(static type => type is not ("object" or "array"));

    private static bool IsPattern(string? pattern)
    {
        try
        {
            _ = new Regex(pattern ?? throw new ArgumentNullException(nameof(pattern)));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
