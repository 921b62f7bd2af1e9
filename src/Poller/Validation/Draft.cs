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
        new Rule(TypeKeyword.Instance, IsOfType),
        new Rule(EnumKeyword.Instance, static (rule, value) => rule.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value))),
        new Rule(ConstKeyword.Instance, JsonElement.DeepEquals),
        Number(MinimumKeyword.Instance, static (rule, value) => value.CompareTo(rule) >= 0),
        Number(MaximumKeyword.Instance, static (rule, value) => value.CompareTo(rule) <= 0),
        Number(ExclusiveMinimumKeyword.Instance, static (rule, value) => value.CompareTo(rule) > 0),
        Number(ExclusiveMaximumKeyword.Instance, static (rule, value) => value.CompareTo(rule) < 0),
        Number(MultipleOfKeyword.Instance, static (rule, value) => value.IsMultipleOf(rule)),
        Length(MinLengthKeyword.Instance, static (rule, length) => length >= rule),
        Length(MaxLengthKeyword.Instance, static (rule, length) => length <= rule),
        new Rule(UniqueItemsKeyword.Instance, static (rule, value) =>
            value.ValueKind != JsonValueKind.Array || !rule.GetBoolean() || AreUnique(value)),
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
        new Rule(DependenciesKeyword.Instance),
        new PatternPropertiesRule(),
        new PropertiesRule(),
        new DraftKeyword(),
    ];

    private static readonly IKeywordHandler[] Since7 = [new Rule(IfKeyword.Instance)];

    // "dependencies" (above) and "definitions" stand in the newer drafts' own schemas still.
    private static readonly IKeywordHandler[] Since2019 =
    [
        new Rule(DependentRequiredKeyword.Instance), new Rule(ContainsKeyword.Instance), new DependentSchemasRule(),
        DefinitionsKeyword.Instance,
    ];

    private static readonly IKeywordHandler[] Until7 =
        [new Rule(Json.Schema.Keywords.Draft06.ContainsKeyword.Instance), new OldItemsRule()];

    public static Draft Newest { get; } =
        Create("2020-12", Dialect.Draft202012, MetaSchemas.Draft202012, [.. Since7, .. Since2019, new ItemsRule()]);

    /// <summary>Those that schemas may be written in.</summary>
    public static IReadOnlyList<Draft> All { get; } =
    [
        Create("6", Dialect.Draft06, MetaSchemas.Draft6, Until7),
        Create("7", Dialect.Draft07, MetaSchemas.Draft7, [.. Since7, .. Until7]),
        Create("2019-09", Dialect.Draft201909, MetaSchemas.Draft201909, [.. Since7, .. Since2019, new OldItemsRule()]),
        Newest,
    ];

    /// <summary>The draft that a schema names as its own.</summary>
    /// <returns>Null if it is none of these.</returns>
    public static Draft? Find(JsonElement name) => name.ValueKind == JsonValueKind.String
        ? All.FirstOrDefault(draft => Bare(draft.Dialect.Id!.OriginalString) == Bare(name.GetString()!))
        : null;

    private static Draft Create(string name, Dialect standard, JsonSchema metaSchema, IEnumerable<IKeywordHandler> own) =>
        new(name, standard.With([.. Rules, .. own], standard.Id), metaSchema);

    private static string Bare(string name) => name.Replace("https:", "http:", StringComparison.Ordinal).TrimEnd('#');

    private static Rule Number(IKeywordHandler keyword, Func<JsonNumber, JsonNumber, bool> holds) => new(keyword, (rule, value) =>
        value.ValueKind != JsonValueKind.Number || holds(JsonNumber.From(rule), JsonNumber.From(value)));

    // In characters, where the library counts what looks like one.
    private static Rule Length(IKeywordHandler keyword, Func<double, int, bool> holds) => new(keyword, (rule, value) =>
        value.ValueKind != JsonValueKind.String || holds(rule.GetDouble(), value.GetString()!.EnumerateRunes().Count()));

    private static bool AreUnique(JsonElement items)
    {
        var seen = new HashSet<JsonElement>(JsonEquality.Instance);
        return items.EnumerateArray().All(seen.Add);
    }

    private static bool IsOfType(JsonElement rule, JsonElement value) =>
        rule.ValueKind == JsonValueKind.Array
            ? rule.EnumerateArray().Any(type => IsOfType(type.GetString()!, value))
            : IsOfType(rule.GetString()!, value);

    private static bool IsOfType(string type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String)
            or ("number", JsonValueKind.Number)
            or ("boolean", JsonValueKind.True or JsonValueKind.False) or ("null", JsonValueKind.Null) => true,
        ("integer", JsonValueKind.Number) => JsonNumber.From(value).IsInteger,
        _ => false,
    };
}
