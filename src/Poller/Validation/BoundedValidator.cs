using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Archiver.Poller.Validation;

/// <summary>The validator for one message, except for patterns: those it would match without any limit of time.</summary>
internal sealed class BoundedValidator(JsonSchemaValidatorSettings settings, PatternMatcher patterns, TimeProvider time) : NJsonSchema.Validation.JsonSchemaValidator(settings)
{
    /// <summary>Where a schema keeps its pattern, out of the validator's sight.</summary>
    public const string PatternKeyword = "archiver:pattern";

    private static readonly TimeSpan LimitForAll = TimeSpan.FromSeconds(2);

    private TimeSpan _spent;

    public static string? PatternOf(JsonSchema schema) =>
        schema.ExtensionData is { } extensions && extensions.TryGetValue(PatternKeyword, out var pattern) ? pattern as string : null;

    /// <exception cref="RegexMatchTimeoutException">Patterns take too long.</exception>
    protected override ICollection<ValidationError> Validate(JToken token, JsonSchema schema, SchemaType schemaType, string? propertyName, string propertyPath)
    {
        foreach (var name in schema.PatternProperties.Count > 0 && token is JObject given ? given.Properties().Select(static property => property.Name) : [])
            foreach (var pattern in schema.PatternProperties.Keys)
                Match(pattern, name, patterns.IsMatchGoingBack);
        var errors = base.Validate(token, schema, schemaType, propertyName, propertyPath);
        if (PatternOf(schema) is { } own && token.Type == JTokenType.String && token.Value<string>() is { } text && !Match(own, text, patterns.IsMatch))
            errors.Add(new ValidationError(ValidationErrorKind.PatternMismatch, propertyName, propertyPath, token, schema));
        return errors;
    }

    private bool Match(string pattern, string text, Func<string, string, bool> match)
    {
        var started = time.GetTimestamp();
        var matches = match(pattern, text);
        _spent += time.GetElapsedTime(started);
        return _spent < LimitForAll ? matches : throw new RegexMatchTimeoutException(text, pattern, LimitForAll);
    }
}
