using System.Text.Json;
using Json.Schema;
using Json.Schema.Keywords.Draft06;

namespace Archiver.Poller.Validation;

/// <summary><c>items</c> up to 2019-09. The library takes <c>true</c> and <c>false</c> for a list of one.</summary>
internal sealed class OldItemsRule : ItemsKeyword
{
    public override KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context) =>
        context.Instance.ValueKind == JsonValueKind.Array && keyword.RawValue.ValueKind != JsonValueKind.Array
            ? Items.Evaluate(0, keyword, context)
            : base.Evaluate(keyword, context);
}
