using System.Text.Json;
using Json.Schema;
using Json.Schema.Keywords;

namespace Archiver.Poller.Validation;

/// <summary><c>items</c> of 2020-12. The library counts from 0 again after those of <c>prefixItems</c>.</summary>
internal sealed class ItemsRule : ItemsKeyword
{
    public override KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context) =>
        context.Instance.ValueKind == JsonValueKind.Array
            ? Items.Evaluate((int?)keyword.Value ?? 0, keyword, context)
            : KeywordEvaluation.Ignore;
}
