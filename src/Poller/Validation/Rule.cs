using System.Text.Json;
using Json.Schema;

namespace Archiver.Poller.Validation;

/// <summary>A keyword of the library's that tells in this program's words what broke it.</summary>
/// <param name="keyword">The library's.</param>
/// <param name="holds">Whether a value (second) meets the keyword's (first): in place of the library's own judgement.</param>
internal sealed class Rule(IKeywordHandler keyword, Func<JsonElement, JsonElement, bool>? holds = null) : IKeywordHandler
{
    public string Name => keyword.Name;

    public object? ValidateKeywordValue(JsonElement value) => keyword.ValidateKeywordValue(value);

    public void BuildSubschemas(KeywordData keywordData, BuildContext context) => keyword.BuildSubschemas(keywordData, context);

    public KeywordEvaluation Evaluate(KeywordData keywordData, EvaluationContext context)
    {
        var result = holds is null
            ? keyword.Evaluate(keywordData, context)
            : new KeywordEvaluation { Keyword = Name, IsValid = holds(keywordData.RawValue, context.Instance) };
        if (context.CanOptimize)
            return result;
        // A branch that fails does not matter if another one holds; if none does, the text covers them all.
        return result.IsValid || !result.ContributesToValidation
            ? result with { Details = result.Details?.Where(static detail => detail.IsValid).ToArray() }
            : result with { Details = null, Error = RuleText.Of(Name, keywordData.RawValue, context.Instance, result.Details ?? []) };
    }
}
