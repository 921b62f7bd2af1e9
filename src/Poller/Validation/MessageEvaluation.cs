using Json.Schema;

namespace Archiver.Poller.Validation;

/// <summary>What the evaluation of one message needs beside the schema; keywords find it in their context.</summary>
internal sealed class MessageEvaluation : EvaluationOptions
{
    public required PatternMatcher Patterns { get; init; }

    public static PatternMatcher PatternsOf(EvaluationContext context) => ((MessageEvaluation)context.Options).Patterns;
}
