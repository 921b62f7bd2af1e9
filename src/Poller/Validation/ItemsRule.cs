using System.Text.Json;
using Json.Schema;
using Json.Schema.Keywords;

namespace Archiver.Poller.Validation;

/// <summary><c>items</c> of 2020-12. The library counts from 0 again after those of <c>prefixItems</c>.</summary>
internal sealed class ItemsRule : ItemsKeyword
{
    public override KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context) =>
        context.Instance.ValueKind == JsonValueKind.Array ? Items.Evaluate((int?)keyword.Value ?? 0, keyword, context) : KeywordEvaluation.Ignore;
}

/// <summary><c>items</c> up to 2019-09. The library takes <c>true</c> and <c>false</c> for a list of one.</summary>
internal sealed class OldItemsRule : Json.Schema.Keywords.Draft06.ItemsKeyword
{
    public override KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context) =>
        context.Instance.ValueKind == JsonValueKind.Array && keyword.RawValue.ValueKind != JsonValueKind.Array
            ? Items.Evaluate(0, keyword, context)
            : base.Evaluate(keyword, context);
}
