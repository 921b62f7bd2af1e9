using Json.Schema;
using Json.Schema.Keywords;

namespace Archiver.Poller.Validation;

/// <summary><c>dependentSchemas</c>. The library finds no property whose name is written in another way in a JSON Pointer.</summary>
internal sealed class DependentSchemasRule : DependentSchemasKeyword
{
    public override KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context)
    {
        if (context.Instance.ValueKind != System.Text.Json.JsonValueKind.Object)
            return KeywordEvaluation.Ignore;
        var details = keyword.RawValue.EnumerateObject().Zip(keyword.Subschemas)
            .Where(pair => context.Instance.TryGetProperty(pair.First.Name, out _))
            .Select(pair => pair.Second.Evaluate(context with { EvaluationPath = context.EvaluationPath.Combine(Name, pair.First.Name) }))
            .ToArray();
        return new KeywordEvaluation { Keyword = Name, IsValid = details.All(static detail => detail.IsValid), Details = details };
    }
}
