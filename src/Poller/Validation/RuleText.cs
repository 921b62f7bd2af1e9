using System.Text.Json;
using Archiver.Contract.Text;
using Json.Pointer;
using Json.Schema;

namespace Archiver.Poller.Validation;

/// <summary>What is wrong with a message, in words: property and rule.</summary>
internal static class RuleText
{
    private const int MostOfRule = 100;

    /// <summary>How a value breaks a rule: one or more lines, each to be put behind the value's place.</summary>
    public static string Of(string keyword, JsonElement rule, JsonElement value, IReadOnlyList<EvaluationResults> details) => keyword switch
    {
        "required" => string.Join('\n', Names(rule).Where(name => !value.TryGetProperty(name, out _)).Select(static name => Line($".{name}: the property \"{name}\" is missing"))),
        "type" => Line($" must be of type {string.Join(" or ", rule.ValueKind == JsonValueKind.Array ? Names(rule) : [rule.GetString()!])}"),
        "enum" => Line($" is none of {string.Join(", ", rule.EnumerateArray().Select(static one => one.ValueKind == JsonValueKind.String ? one.GetString() : one.GetRawText()))}"),
        "pattern" => Line($" does not match {rule.GetString()}"),
        "format" => Line($" is not a valid {rule.GetString()}"),
        "anyOf" or "oneOf" when !details.Any(static form => form.IsValid) =>
            $" fits none of the forms that are allowed ({string.Join("; or ", details.Select(static form => string.Join(" and ", In(form).Distinct())))})",
        "oneOf" => " fits more than one of the forms of which only one is allowed",
        "propertyNames" => $" has names of properties that are not allowed ({string.Join("; ", details.SelectMany(In).Distinct().Take(5))})",
        _ => Line($" breaks the rule {keyword}: {SafeText.Shorten(rule.GetRawText(), MostOfRule)}"),
    };

    /// <summary>All problems in a result, each with its place.</summary>
    public static IEnumerable<string> In(EvaluationResults result)
    {
        if (result.IsValid)
            yield break;
        foreach (var (keyword, text) in result.Errors ?? [])
            foreach (var line in keyword.Length == 0 ? [" is not allowed"] : text.Split('\n'))
                yield return At(result.InstanceLocation, line);
        foreach (var problem in (result.Details ?? []).SelectMany(In))
            yield return problem;
    }

    private static string At(JsonPointer location, string text)
    {
        var path = string.Concat(Enumerable.Range(0, location.SegmentCount).Select(index => Segment(PointerName.Decode(location[index].ToString()))));
        return path.Length == 0 && text[0] != '.' ? "the request" + text : (path + text).TrimStart('.');
    }

    private static string Segment(string name) => name.All(char.IsAsciiDigit) ? $"[{name}]" : Line($".{name}");

    private static IEnumerable<string> Names(JsonElement list) => list.EnumerateArray().Select(static name => name.GetString()!);

    private static string Line(string text) => SafeText.Escape(text);
}
