using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;
using Json.Schema.Keywords;

namespace Archiver.Poller.Validation;

/// <summary><c>patternProperties</c>, in bounded time. The library looks patterns up as they are written in a JSON Pointer.</summary>
internal sealed class PatternPropertiesRule : PatternPropertiesKeyword
{
    public override object? ValidateKeywordValue(JsonElement value) =>
        value.EnumerateObject().ToDictionary(static schema => PointerName.Encode(schema.Name), static schema => PatternMatcher.Compile(schema.Name));

    /// <exception cref="RegexMatchTimeoutException">The names take too long.</exception>
    public override KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context)
    {
        if (context.Instance.ValueKind == JsonValueKind.Object)
            foreach (var property in context.Instance.EnumerateObject())
                foreach (var pattern in ((Dictionary<string, Regex>)keyword.Value!).Values)
                    MessageEvaluation.PatternsOf(context).IsMatch(pattern, property.Name);
        return base.Evaluate(keyword, context);
    }
}
