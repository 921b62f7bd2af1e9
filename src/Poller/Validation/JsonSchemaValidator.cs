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
    private static readonly JsonDocumentOptions OfMessages = new() { AllowDuplicateProperties = false };

    private readonly JsonSchema _schema;

    private JsonSchemaValidator(JsonSchema schema) => _schema = schema;

    /// <summary>Reads a schema.</summary>
    /// <param name="text">The schema.</param>
    /// <param name="file">What to call it in errors.</param>
    /// <exception cref="ArchiverException">Exit code 78: it is no schema, or one that would not be enforced.</exception>
    public static JsonSchemaValidator Parse(string text, string file) => new(SchemaReader.Read(text, file));

    public string? FindProblem(JsonElement body) => FindProblem(body.GetRawText());

    public string? FindProblem(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(LoneSurrogates.Replace(body is ['\ufeff', .. var rest] ? rest : body), OfMessages);
            return Evaluate(document, OutputFormat.Flag).IsValid
                ? null
                : string.Join("; ", RuleText.In(Evaluate(document, OutputFormat.Hierarchical)).Distinct().Take(MostProblems));
        }
        catch (RegexMatchTimeoutException error)
        {
            return $"its text takes too long to match against {error.Pattern}";
        }
    }

    private EvaluationResults Evaluate(JsonDocument document, OutputFormat format) =>
        _schema.Evaluate(document.RootElement, new MessageEvaluation
        {
            OutputFormat = format,
            FormatRegistry = Formats,
            Patterns = new PatternMatcher(TimeProvider.System),
        });
}
