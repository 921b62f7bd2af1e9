using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Text;
using Json.Pointer;
using Json.Schema;

namespace Archiver.Poller.Validation;

/// <summary>Reads a schema, and refuses at start what would fail or be ignored later, with its place.</summary>
internal static class SchemaReader
{
    private const int MostOfValue = 100;

    private static readonly FormatRegistry Formats = StrictFormats.ForSchemas();
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowDuplicateProperties = false };

    /// <exception cref="ArchiverException">Exit code 78.</exception>
    public static JsonSchema Read(string text, string file)
    {
        try
        {
            var root = JsonElement.Parse(text, Options);
            if (root.ValueKind != JsonValueKind.Object)
                throw new ArchiverException(ExitCode.Config, $"The schema {file} is not a JSON object.");
            var draft = DraftOf(root, file);
            CheckForm(root, draft, file);
            var schema = JsonSchema.Build(root, OptionsFor(draft));
            SchemaCheck.Run(schema, file, draft);
            return schema;
        }
        catch (JsonSchemaException error) when (error.Message.StartsWith("Cycle detected", StringComparison.Ordinal))
        {
            throw SchemaCheck.Endless(file, "#");
        }
        catch (Exception error) when (error is not ArchiverException)
        {
            throw new ArchiverException(ExitCode.Config, $"The schema {file} cannot be read: {SafeText.Escape(error.Message)}", error);
        }
    }

    private static Draft DraftOf(JsonElement root, string file)
    {
        if (!root.TryGetProperty("$schema", out var named))
            return Draft.Newest;
        return Draft.Find(named) ?? throw new ArchiverException(ExitCode.Config,
            $"The schema {file} is written in {SafeText.Escape(named.GetRawText())} (#/$schema), which is not supported; use draft {string.Join(", ", Draft.All.Select(static one => one.Name))}.");
    }

    // Nothing is registered with the library's own registries, which all validators of a process share.
    private static BuildOptions OptionsFor(Draft draft)
    {
        var options = new BuildOptions { SchemaRegistry = new SchemaRegistry(), DialectRegistry = new DialectRegistry(), Dialect = draft.Dialect };
        foreach (var one in Draft.All)
            options.DialectRegistry.Register(one.Dialect);
        return options;
    }

    private static void CheckForm(JsonElement root, Draft draft, string file)
    {
        var result = draft.MetaSchema.Evaluate(root, new EvaluationOptions { OutputFormat = OutputFormat.Hierarchical, FormatRegistry = Formats, RequireFormatValidation = true });
        if (result.IsValid)
            return;
        // The deepest is the cause: around it no form of a schema fits any more.
        var place = Failures(result).MaxBy(static place => place.SegmentCount);
        throw new ArchiverException(ExitCode.Config,
            $"The schema {file} is malformed at #{place}: draft {draft.Name} does not allow {Shown(place.Evaluate(root))} there.");
    }

    private static IEnumerable<JsonPointer> Failures(EvaluationResults result) =>
        result.IsValid ? [] : (result.Errors is { Count: > 0 } ? [result.InstanceLocation] : Enumerable.Empty<JsonPointer>()).Concat((result.Details ?? []).SelectMany(Failures));

    private static string Shown(JsonElement? value) => value is { } given ? SafeText.Escape(SafeText.Shorten(given.GetRawText(), MostOfValue)) : "this";
}
