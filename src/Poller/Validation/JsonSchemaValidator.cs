using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Archiver.Poller.Validation;

/// <summary>Validation by NJsonSchema.</summary>
internal sealed class JsonSchemaValidator : IMessageValidator
{
    private readonly JsonSchema _schema;
    private readonly JsonSchemaValidatorSettings _settings = StrictFormats.Settings();
    private readonly PatternMatcher _patterns = new();

    private JsonSchemaValidator(JsonSchema schema) => _schema = schema;

    /// <summary>Reads a schema.</summary>
    /// <param name="text">The schema.</param>
    /// <param name="file">What to call it in errors.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArchiverException">Exit code 78: it is no schema, or uses keywords that would not be enforced.</exception>
    public static async Task<JsonSchemaValidator> ParseAsync(string text, string file, CancellationToken cancellationToken)
    {
        try
        {
            if (JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip }) is not JsonObject schema)
                throw new ArchiverException(ExitCode.Config, $"The schema {file} is not a JSON object.");
            SchemaKeywords.Check(schema, file);
            SchemaDialect.Rewrite(schema);
            return new JsonSchemaValidator(await JsonSchema.FromJsonAsync(schema.ToJsonString(), cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error) when (error is not (ArchiverException or OperationCanceledException))
        {
            throw new ArchiverException(ExitCode.Config, $"The schema {file} cannot be read: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    public string? FindProblem(JsonElement body) => FindProblem(body.GetRawText());

    public string? FindProblem(string body)
    {
        try
        {
            var errors = new BoundedValidator(_settings, _patterns, TimeProvider.System).Validate(body, _schema);
            return errors.Count == 0 ? null : string.Join("; ", errors.Select(Describe).Distinct().Take(5));
        }
        catch (RegexMatchTimeoutException error)
        {
            return $"its text takes too long to match against {error.Pattern}";
        }
    }

    private static string Describe(ValidationError error)
    {
        var where = error.Path is null or "" or "#" or "#/" ? "the request" : error.Path.TrimStart('#', '/');
        var words = error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => $"{where}: the property \"{error.Property}\" is missing",
            ValidationErrorKind.NotAnyOf when error is ChildSchemaValidationError child => $"{where} fits none of the forms that are allowed ({Alternatives(child)})",
            ValidationErrorKind.ArrayItemNotValid or ValidationErrorKind.AdditionalPropertiesNotValid or ValidationErrorKind.NotAllOf when error is ChildSchemaValidationError child =>
                string.Join(" and ", child.Errors.Values.SelectMany(static errors => errors).Select(Describe).Distinct()),
            ValidationErrorKind.NotInEnumeration => $"{where} is none of {string.Join(", ", error.Schema.Enumeration)}",
            ValidationErrorKind.PatternMismatch => $"{where} does not match {BoundedValidator.PatternOf(error.Schema)}",
            ValidationErrorKind.NoAdditionalPropertiesAllowed => $"{where} is not allowed",
            ValidationErrorKind.StringExpected or ValidationErrorKind.ObjectExpected or ValidationErrorKind.ArrayExpected or ValidationErrorKind.IntegerExpected
                or ValidationErrorKind.NumberExpected or ValidationErrorKind.BooleanExpected => $"{where} must be of type {error.Schema.Type.ToString().ToLowerInvariant()}",
            ValidationErrorKind.DateTimeExpected => $"{where} is no date-time",
            var kind => $"{where} breaks the rule {kind}",
        };
        return words;
    }

    private static string Alternatives(ChildSchemaValidationError error) =>
        string.Join("; or ", error.Errors.Values.Select(static errors => string.Join(" and ", errors.Select(Describe))));
}
