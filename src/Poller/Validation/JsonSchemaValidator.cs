using System.Text.Json;
using System.Text.RegularExpressions;
using Archiver.Contract;
using Json.Schema;

namespace Archiver.Poller.Validation;

/// <summary>Validation by JsonSchema.Net.</summary>
internal sealed class JsonSchemaValidator : IMessageValidator
{
    private const int MostProblems = 5;

    private static readonly FormatRegistry Formats = StrictFormats.ForMessages();

    private readonly JsonSchema _schema;

    private JsonSchemaValidator(JsonSchema schema) => _schema = schema;

    /// <summary>Reads a schema.</summary>
    /// <param name="text">The schema.</param>
    /// <param name="file">What to call it in errors.</param>
    /// <exception cref="ArchiverException">Exit code 78: it is not a valid schema, or would not be enforced.</exception>
    public static JsonSchemaValidator Parse(string text, string file) => new(SchemaReader.Read(text, file));

    /// <inheritdoc />
    public string? FindProblem(JsonElement body)
    {
        try
        {
            var text = body.GetRawText();
            // Only a body that has them is parsed again.
            var replaced = LoneSurrogates.Replace(text);
            var whole = ReferenceEquals(replaced, text) ? body : JsonElement.Parse(replaced);
            return Evaluate(whole, OutputFormat.Flag).IsValid
                ? null
                : string.Join("; ", RuleText.In(Evaluate(whole, OutputFormat.Hierarchical)).Distinct().Take(MostProblems));
        }
        catch (RegexMatchTimeoutException error)
        {
            return $"its text takes too long to match against {error.Pattern}";
        }
    }

    private EvaluationResults Evaluate(JsonElement body, OutputFormat format) =>
        _schema.Evaluate(body, new MessageEvaluation
        {
            OutputFormat = format,
            FormatRegistry = Formats,
            Patterns = new PatternMatcher(TimeProvider.System),
        });
}
