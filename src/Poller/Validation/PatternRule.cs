using System.Text.Json;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Archiver.Poller.Validation;

/// <summary><c>pattern</c>, in bounded time.</summary>
internal sealed class PatternRule : IKeywordHandler
{
    public string Name => "pattern";

    public object? ValidateKeywordValue(JsonElement value) => PatternMatcher.Compile(value.GetString()!);

    public void BuildSubschemas(KeywordData keyword, BuildContext context)
    {
    }

    public KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context) => new()
    {
        Keyword = Name,
        IsValid = context.Instance.ValueKind != JsonValueKind.String
            || MessageEvaluation.PatternsOf(context).IsMatch((Regex)keyword.Value!, context.Instance.GetString()!),
    };
}
