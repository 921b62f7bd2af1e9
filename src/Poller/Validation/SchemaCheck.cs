using Archiver.Contract;
using Archiver.Contract.Boundary;
using Json.Schema;
using Json.Schema.Keywords;
using Json.Schema.Keywords.Draft201909;

namespace Archiver.Poller.Validation;

/// <summary>Looks through a schema, once, for what would fail with a message, or quietly not be enforced.</summary>
internal sealed class SchemaCheck
{
    private static readonly HashSet<string> OnTheSameValue =
        ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies", "$ref", "$recursiveRef", "$dynamicRef"];

    private static readonly HashSet<string> HoldNamedSchemas = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"];

    // In a draft that does not know them they would be annotations.
    private static readonly HashSet<string> OfOtherDrafts =
    [
        "if", "then", "else", "dependentRequired", "dependentSchemas", "minContains", "maxContains", "prefixItems",
        "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "$recursiveRef", "disallow", "divisibleBy", "extends",
    ];

    private static readonly HashSet<string> FormatsOfDraft3 = ["ip-address", "host-name", "phone", "color", "style", "utc-millisec"];

    private readonly string _file;
    private readonly Draft _draft;
    private readonly Dictionary<JsonSchemaNode, string> _places = [];
    private readonly List<(JsonSchemaNode From, KeywordData Reference)> _references = [];
    private readonly SchemaCycles _cycles = new();

    private SchemaCheck(string file, Draft draft) => (_file, _draft) = (file, draft);

    /// <exception cref="ArchiverException">Exit code 78, naming the keyword and its place.</exception>
    public static void Run(JsonSchema schema, string file, Draft draft)
    {
        var check = new SchemaCheck(file, draft);
        check.Visit(schema.Root, "#");
        check.Follow();
        if (check._cycles.Find() is { } node)
            throw Endless(file, check._places[node]);
    }

    public static ArchiverException Endless(string file, string place) => new(ExitCode.Config,
        $"The schema {file} refers back to itself at {place} without going deeper into the request, so that no check by it would end.");

    private void Visit(JsonSchemaNode node, string place)
    {
        if (!_places.TryAdd(node, place))
            return;
        foreach (var keyword in node.Keywords)
        {
            if (keyword.Handler is AnnotationKeyword)
                CheckAnnotation((string)keyword.Value!, node, place);
            else if (keyword.Handler.Name == "format" && FormatsOfDraft3.Contains(keyword.RawValue.GetString()!))
                throw NotEnforced($"\"format\": {keyword.RawValue.GetRawText()}", place);
            if (keyword.Handler is RefKeyword or DynamicRefKeyword)
                _references.Add((node, keyword));
            else
                VisitBelow(node, keyword, $"{place}/{keyword.Handler.Name}");
        }
    }

    private void VisitBelow(JsonSchemaNode node, KeywordData keyword, string place)
    {
        foreach (var (index, below) in keyword.Subschemas.Index())
        {
            if (OnTheSameValue.Contains(keyword.Handler.Name))
                _cycles.Add(node, below);
            Visit(below, HoldNamedSchemas.Contains(keyword.Handler.Name) ? place + below.RelativePath
                : keyword.RawValue.ValueKind == System.Text.Json.JsonValueKind.Array ? $"{place}/{index}"
                : place);
        }
    }

    private void CheckAnnotation(string name, JsonSchemaNode node, string place)
    {
        if (OfOtherDrafts.Contains(name) || (name == "additionalItems" && node.Keywords.Any(static other => other.Handler is PrefixItemsKeyword)))
            throw NotEnforced($"\"{name}\"", place);
    }

    // Grows while it is followed: what a reference leads to may stand where no schema is looked for.
    private void Follow()
    {
        for (var next = 0; next < _references.Count; next++)
        {
            var (from, reference) = _references[next];
            var targets = TargetsOf(reference).ToList();
            if (targets.Count == 0)
                throw new ArchiverException(ExitCode.Config,
                    $"The schema {_file} refers at {_places[from]} to {reference.RawValue.GetRawText()}, which is not in it; nothing is loaded from elsewhere.");
            foreach (var target in targets)
            {
                _cycles.Add(from, target);
                Visit(target, $"{_places[from]}/{reference.Handler.Name}");
            }
        }
    }

    // A dynamic reference may lead to each of the anchors.
    private IEnumerable<JsonSchemaNode> TargetsOf(KeywordData reference) => reference.Handler switch
    {
        RecursiveRefKeyword when reference.Value is null => _places.Keys.Where(static node => node.Keywords.Any(static keyword => keyword is { Handler: RecursiveAnchorKeyword, Value: true })),
        DynamicRefKeyword when reference.Subschemas.Length == 0 && reference.RawValue.GetString()!.Split('#', 2) is [_, var anchor] =>
            _places.Keys.Where(node => node.Keywords.Any(keyword => keyword.Handler is DynamicAnchorKeyword && anchor.Equals(keyword.Value))),
        _ => reference.Subschemas,
    };

    private ArchiverException NotEnforced(string keyword, string place) => new(ExitCode.Config,
        $"The schema {_file} uses {keyword} at {place}, which draft {_draft.Name} does not know and which would not be enforced; express the rule without it, or name the right draft in \"$schema\".");
}
