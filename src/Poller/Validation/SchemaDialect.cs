using System.Text.Json.Nodes;

namespace Archiver.Poller.Validation;

/// <summary>
/// Writes a schema in the older words that the validator knows: <c>$defs</c> as <c>definitions</c>, and schemas that are just
/// <c>true</c> or <c>false</c> as objects that say the same. Patterns are hidden from it, because it would match them without any limit of time.
/// </summary>
internal static class SchemaDialect
{
    private const string NewDefinitions = "$defs";
    private const string Definitions = "definitions";

    public static void Rewrite(JsonObject schema)
    {
        if (schema[NewDefinitions] is JsonObject named)
        {
            schema.Remove(NewDefinitions);
            if (schema[Definitions] is not JsonObject definitions)
                schema[Definitions] = definitions = [];
            foreach (var (name, definition) in named.ToList())
            {
                named.Remove(name);
                definitions.Add(name, definition);
            }
        }
        if (schema["pattern"] is JsonValue pattern)
        {
            schema.Remove("pattern");
            schema[BoundedValidator.PatternKeyword] = pattern;
        }
        if (schema["$ref"] is JsonValue reference)
            schema["$ref"] = reference.GetValue<string>().Replace($"/{NewDefinitions}/", $"/{Definitions}/", StringComparison.Ordinal);
        foreach (var (_, below) in Subschemas.Of(schema).ToList())
        {
            if (below is JsonObject inner)
                Rewrite(inner);
            else if (below is JsonValue value && value.TryGetValue<bool>(out var allows))
                value.ReplaceWith(allows ? new JsonObject() : new JsonObject { ["not"] = new JsonObject() });
        }
    }
}
