using System.Text.Json;
using System.Text.Json.Nodes;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Poller.Validation;

/// <summary>
/// Refuses a schema that uses a standard keyword which the validator would silently ignore: a rule that is quietly not checked is worse
/// than none. Unknown annotations are fine. Vocabularies: https://json-schema.org/draft/2020-12/json-schema-validation
/// </summary>
internal sealed class SchemaKeywords
{
    private static readonly HashSet<string> NotEnforced =
    [
        "const", "if", "then", "else", "dependentRequired", "dependentSchemas", "dependencies", "contains", "minContains", "maxContains",
        "prefixItems", "propertyNames", "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef",
        // Of draft 3.
        "disallow", "divisibleBy", "extends",
    ];

    private static readonly HashSet<string> FormatsNotEnforced =
    [
        "duration", "idn-email", "idn-hostname", "uri-reference", "iri", "iri-reference", "uri-template", "json-pointer", "relative-json-pointer", "regex",
        // Of draft 3.
        "ip-address", "host-name", "phone", "color", "style", "utc-millisec",
    ];

    private readonly string _file;
    private readonly HashSet<string> _places = [];
    private readonly List<(string Target, string Where)> _references = [];
    private readonly SchemaCycles _cycles = new();

    private SchemaKeywords(string file) => _file = file;

    /// <summary>Throws when the schema has such a keyword.</summary>
    /// <exception cref="ArchiverException">Exit code 78, naming the keyword and where it stands.</exception>
    public static void Check(JsonObject schema, string file)
    {
        var check = new SchemaKeywords(file);
        check.Visit(schema, "#");
        foreach (var (target, where) in check._references)
            if (!check._places.Contains(target))
                throw check.Refused($"\"$ref\": \"{target}\"", where);
        foreach (var (target, where) in check._references)
            check._cycles.Add(where, target);
        if (check._cycles.Find() is { } circle)
            throw new ArchiverException(ExitCode.Config, $"The schema {file} refers back to itself at {circle} without going deeper into the request, so that no check by it would end.");
    }

    private void Visit(JsonObject schema, string where)
    {
        foreach (var (keyword, value) in schema)
        {
            if (NotEnforced.Contains(keyword))
                throw Refused($"\"{keyword}\"", where);
            if (keyword == "format" && value is JsonValue format && format.TryGetValue<string>(out var name) && FormatsNotEnforced.Contains(name))
                throw Refused($"\"format\": \"{name}\"", where);
            // Elsewhere nobody has looked at the schema that it leads to.
            if (keyword == "$ref" && value is JsonValue reference)
                _references.Add((Uri.UnescapeDataString(reference.GetValue<string>()), where));
        }
        if (SchemaForms.FindProblem(JsonSerializer.SerializeToElement(schema)) is { } problem)
            throw Refused(problem, where);
        _places.Add(where);
        foreach (var (path, below) in Subschemas.Of(schema))
        {
            _places.Add(where + path);
            if (path.StartsWith("/allOf/", StringComparison.Ordinal) || path.StartsWith("/anyOf/", StringComparison.Ordinal) || path.StartsWith("/oneOf/", StringComparison.Ordinal) || path == "/not")
                _cycles.Add(where, where + path);
            if (below is JsonObject inner)
                Visit(inner, where + path);
        }
    }

    private ArchiverException Refused(string keyword, string where) => new(ExitCode.Config,
        $"The schema {_file} uses {keyword} at {where}, which would not be enforced; express the rule without it.");
}
