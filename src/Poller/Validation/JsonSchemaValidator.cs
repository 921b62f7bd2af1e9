using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Archiver.Poller.Validation;

/// <summary>Validation by NJsonSchema.</summary>
internal sealed class JsonSchemaValidator : IMessageValidator
{
    private readonly JsonSchema _schema;

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
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new ArchiverException(ExitCode.Config, $"The schema {file} is not a JSON object.");
            SchemaKeywords.Check(document.RootElement, file);
            return new JsonSchemaValidator(await JsonSchema.FromJsonAsync(text, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error) when (error is not (ArchiverException or OperationCanceledException))
        {
            throw new ArchiverException(ExitCode.Config, $"The schema {file} cannot be read: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    /// <inheritdoc />
    public string? FindProblem(string body)
    {
        var errors = _schema.Validate(body);
        return errors.Count == 0 ? null : string.Join("; ", errors.Select(Describe).Distinct().Take(5));
    }

    private static string Describe(ValidationError error)
    {
        var where = error.Path is null or "" or "#" or "#/" ? "the request" : error.Path.TrimStart('#', '/');
        var words = error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => $"{where}: the property \"{error.Property}\" is missing",
            ValidationErrorKind.NotAnyOf when error is ChildSchemaValidationError child => $"{where} fits none of the forms that are allowed ({Alternatives(child)})",
            ValidationErrorKind.NotInEnumeration => $"{where} is none of {string.Join(", ", error.Schema.Enumeration)}",
            ValidationErrorKind.PatternMismatch => $"{where} does not match {error.Schema.Pattern}",
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
