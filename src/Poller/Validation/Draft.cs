using System.Text.Json;
using Json.Schema;
using Json.Schema.Keywords;
using Json.Schema.Keywords.Draft06;
using ContainsKeyword = Json.Schema.Keywords.ContainsKeyword;
using FormatKeyword = Json.Schema.Keywords.FormatKeyword;

namespace Archiver.Poller.Validation;

/// <summary>A draft of JSON Schema as it is enforced here.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Dialect">Its keywords.</param>
/// <param name="MetaSchema">The schema of its schemas.</param>
internal sealed record Draft(string Name, Dialect Dialect, JsonSchema MetaSchema)
{
    private static readonly IKeywordHandler[] Rules =
    [
        new Rule(TypeKeyword.Instance, static (rule, value) => rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Any(type => IsOfType(type, value)) : IsOfType(rule, value)),
        new Rule(EnumKeyword.Instance, static (rule, value) => rule.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value))),
        new Rule(ConstKeyword.Instance, JsonElement.DeepEquals),
        new Rule(MinimumKeyword.Instance, static (rule, value) => IsOther(value, JsonValueKind.Number) || Compare(value, rule) >= 0),
        new Rule(MaximumKeyword.Instance, static (rule, value) => IsOther(value, JsonValueKind.Number) || Compare(value, rule) <= 0),
        new Rule(ExclusiveMinimumKeyword.Instance, static (rule, value) => IsOther(value, JsonValueKind.Number) || Compare(value, rule) > 0),
        new Rule(ExclusiveMaximumKeyword.Instance, static (rule, value) => IsOther(value, JsonValueKind.Number) || Compare(value, rule) < 0),
        new Rule(MultipleOfKeyword.Instance, static (rule, value) => IsOther(value, JsonValueKind.Number) || JsonNumber.From(value).IsMultipleOf(JsonNumber.From(rule))),
        // Characters, where the library counts what looks like one.
        new Rule(MinLengthKeyword.Instance, static (rule, value) => IsOther(value, JsonValueKind.String) || Length(value) >= rule.GetDouble()),
        new Rule(MaxLengthKeyword.Instance, static (rule, value) => IsOther(value, JsonValueKind.String) || Length(value) <= rule.GetDouble()),
        new Rule(UniqueItemsKeyword.Instance, static (rule, value) => IsOther(value, JsonValueKind.Array) || !rule.GetBoolean() || AreUnique(value)),
        new Rule(new PatternRule()),
        new Rule(FormatKeyword.Instance),
        new Rule(RequiredKeyword.Instance),
        new Rule(MinItemsKeyword.Instance),
        new Rule(MaxItemsKeyword.Instance),
        new Rule(MinPropertiesKeyword.Instance),
        new Rule(MaxPropertiesKeyword.Instance),
        new Rule(PropertyNamesKeyword.Instance),
        new Rule(AnyOfKeyword.Instance),
        new Rule(OneOfKeyword.Instance),
        new Rule(NotKeyword.Instance),
        new PatternPropertiesRule(),
        new PropertiesRule(),
        new DraftKeyword(),
    ];

    private static readonly IKeywordHandler[] Since7 = [new Rule(IfKeyword.Instance)];

    // Both stand in the newer drafts' own schemas still.
    private static readonly IKeywordHandler[] Since2019 =
        [new Rule(DependentRequiredKeyword.Instance), new Rule(ContainsKeyword.Instance), new DependentSchemasRule(), DependenciesKeyword.Instance, DefinitionsKeyword.Instance];

    public static Draft Newest { get; } = Create("2020-12", Dialect.Draft202012, MetaSchemas.Draft202012, [.. Since7, .. Since2019, new ItemsRule()]);

    /// <summary>Those that schemas may be written in.</summary>
    public static IReadOnlyList<Draft> All { get; } =
    [
        Create("6", Dialect.Draft06, MetaSchemas.Draft6, [new Rule(Json.Schema.Keywords.Draft06.ContainsKeyword.Instance), new OldItemsRule()]),
        Create("7", Dialect.Draft07, MetaSchemas.Draft7, [.. Since7, new Rule(Json.Schema.Keywords.Draft06.ContainsKeyword.Instance), new OldItemsRule()]),
        Create("2019-09", Dialect.Draft201909, MetaSchemas.Draft201909, [.. Since7, .. Since2019, new OldItemsRule()]),
        Newest,
    ];

    /// <summary>The draft that a schema names as its own.</summary>
    /// <returns>Null when it is none of these.</returns>
    public static Draft? Find(JsonElement name) => name.ValueKind == JsonValueKind.String
        ? All.FirstOrDefault(draft => Bare(draft.Dialect.Id!.OriginalString) == Bare(name.GetString()!))
        : null;

    private static Draft Create(string name, Dialect standard, JsonSchema metaSchema, IEnumerable<IKeywordHandler> own) =>
        new(name, standard.With([.. Rules, .. own], standard.Id), metaSchema);

    private static string Bare(string name) => name.Replace("https:", "http:", StringComparison.Ordinal).TrimEnd('#');

    private static bool IsOther(JsonElement value, JsonValueKind kind) => value.ValueKind != kind;

    private static int Compare(JsonElement value, JsonElement rule) => JsonNumber.From(value).CompareTo(JsonNumber.From(rule));

    private static int Length(JsonElement text) => text.GetString()!.EnumerateRunes().Count();

    private static bool AreUnique(JsonElement items)
    {
        var seen = new HashSet<JsonElement>(JsonEquality.Instance);
        return items.EnumerateArray().All(seen.Add);
    }

    private static bool IsOfType(JsonElement type, JsonElement value) => (type.GetString(), value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number)
            or ("boolean", JsonValueKind.True or JsonValueKind.False) or ("null", JsonValueKind.Null) => true,
        ("integer", JsonValueKind.Number) => JsonNumber.From(value).IsInteger,
        _ => false,
    };
}
