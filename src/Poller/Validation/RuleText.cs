using System.Text.Json;
using Archiver.Contract.Text;
using Json.Pointer;
using Json.Schema;

namespace Archiver.Poller.Validation;

/// <summary>What is wrong with a message, in words: property and rule.</summary>
internal static class RuleText
{
    private const int MostOfRule = 100;
    private const int MostNames = 5;

    /// <summary>How a value breaks a rule: one or more lines, each to be put behind the value's place.</summary>
    public static string Of(string keyword, JsonElement rule, JsonElement value, IReadOnlyList<EvaluationResults> details) => keyword switch
    {
        "required" => string.Join('\n',
            from name in Names(rule)
            where !value.TryGetProperty(name, out _)
            select Line($".{name}: the property \"{name}\" is missing")),
        "type" => Line($" must be of type {(rule.ValueKind == JsonValueKind.Array ? string.Join(" or ", Names(rule)) : rule.GetString())}"),
        "enum" => Line($" is none of {string.Join(", ", rule.EnumerateArray().Select(Shown))}"),
        "pattern" => Line($" does not match {rule.GetString()}"),
        "format" => Line($" is not a valid {rule.GetString()}"),
        "anyOf" or "oneOf" when !details.Any(static form => form.IsValid) =>
            $" fits none of the forms that are allowed ({string.Join("; or ", details.Select(Together))})",
        "oneOf" => " fits more than one of the forms of which only one is allowed",
        "propertyNames" =>
            $" has names of properties that are not allowed ({string.Join("; ", details.SelectMany(In).Distinct().Take(MostNames))})",
        _ => Line($" breaks the rule {keyword}: {SafeText.Shorten(rule.GetRawText(), MostOfRule)}"),
    };

    /// <summary>All problems in a result, each with its place.</summary>
    public static IEnumerable<string> In(EvaluationResults result)
    {
        if (result.IsValid)
            yield break;
        foreach (var (keyword, text) in result.Errors ?? [])
            foreach (var line in keyword.Length == 0 ? [" is not allowed"] : text.Split('\n'))
                // The drafts' own schemas, which a reference may lead to, tell in the library's words.
                yield return At(result.InstanceLocation, line[0] is ' ' or '.' ? line : $": {line}");
        foreach (var problem in (result.Details ?? []).SelectMany(In))
            yield return problem;
    }

    private static string Together(EvaluationResults form) => string.Join(" and ", In(form).Distinct());

    private static string At(JsonPointer location, string text)
    {
        var names = Enumerable.Range(0, location.SegmentCount).Select(index => PointerName.Decode(location[index].ToString()));
        var path = string.Concat(names.Select(Segment));
        return path.Length == 0 && text[0] != '.' ? "the request" + text : (path + text).TrimStart('.');
    }

    private static string Segment(string name) => name.All(char.IsAsciiDigit) ? $"[{name}]" : Line($".{name}");

    private static IEnumerable<string> Names(JsonElement list) => list.EnumerateArray().Select(static name => name.GetString()!);

    private static string? Shown(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();

    private static string Line(string text) => SafeText.Escape(text);
}
