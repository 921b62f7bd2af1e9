using System.Text.Json;
using Json.Schema;
using Json.Schema.Keywords;

namespace Archiver.Poller.Validation;

/// <summary><c>properties</c>. The library tells <c>unevaluatedProperties</c> names as they are written in a JSON Pointer.</summary>
internal sealed class PropertiesRule : PropertiesKeyword
{
    public override KeywordEvaluation Evaluate(KeywordData keyword, EvaluationContext context)
    {
        var result = base.Evaluate(keyword, context);
        if (result.Annotation is not { } names || keyword.RawValue.EnumerateObject().All(static schema => PointerName.IsPlain(schema.Name)))
            return result;
        return result with { Annotation = JsonSerializer.SerializeToElement(names.EnumerateArray().Select(static name => PointerName.Decode(name.GetString()!))) };
    }
}
