using System.Text.Json;
using Json.Schema;
using Json.Schema.Keywords;

namespace Archiver.Poller.Validation;

/// <summary><c>$schema</c>: one of the drafts that are enforced here, by any of its names.</summary>
internal sealed class DraftKeyword : SchemaKeyword, IKeywordHandler
{
    object? IKeywordHandler.ValidateKeywordValue(JsonElement value) =>
        Draft.Find(value)?.Dialect.Id ?? throw new JsonSchemaException($"\"$schema\": {value.GetRawText()} is not supported");
}
