using Json.Schema;

namespace Archiver.Poller.Validation;

/// <summary>One schema for all items from some index on.</summary>
internal static class Items
{
    // More are not told, and a message has room for a hundred thousand.
    private const int EnoughInvalid = 10;

    public static KeywordEvaluation Evaluate(int from, KeywordData keyword, EvaluationContext context)
    {
        var details = new List<EvaluationResults>();
        var invalid = 0;
        foreach (var (index, item) in context.Instance.EnumerateArray().Index().Skip(from))
        {
            var result = keyword.Subschemas[0].Evaluate(context with
            {
                Instance = item,
                InstanceLocation = context.InstanceLocation.Combine(index),
                EvaluationPath = context.EvaluationPath.Combine(keyword.Handler.Name),
            });
            if (!context.CanOptimize)
                details.Add(result);
            if (!result.IsValid && ++invalid >= (context.CanOptimize ? 1 : EnoughInvalid))
                break;
        }
        return new KeywordEvaluation { Keyword = keyword.Handler.Name, IsValid = invalid == 0, Details = [.. details], Annotation = JsonElementExtensions.True };
    }
}
