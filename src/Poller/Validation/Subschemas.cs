using System.Text.Json.Nodes;

namespace Archiver.Poller.Validation;

/// <summary>Where schemas stand within a schema.</summary>
internal static class Subschemas
{
    private static readonly HashSet<string> HoldOneSchema = ["items", "additionalItems", "additionalProperties", "not"];
    private static readonly HashSet<string> HoldListOfSchemas = ["allOf", "anyOf", "oneOf", "items"];
    private static readonly HashSet<string> HoldNamedSchemas = ["properties", "patternProperties", "$defs", "definitions"];

    /// <summary>The schemas directly below a schema, each with the path to it (JSON Pointer, RFC 6901).</summary>
    public static IEnumerable<(string Path, JsonNode? Schema)> Of(JsonObject schema)
    {
        foreach (var (keyword, value) in schema)
        {
            if (HoldNamedSchemas.Contains(keyword) && value is JsonObject named)
                foreach (var (name, below) in named)
                    yield return ($"/{keyword}/{Escape(name)}", below);
            else if (HoldListOfSchemas.Contains(keyword) && value is JsonArray list)
                foreach (var (index, below) in list.Index())
                    yield return ($"/{keyword}/{index}", below);
            else if (HoldOneSchema.Contains(keyword))
                yield return ($"/{keyword}", value);
        }
    }

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
