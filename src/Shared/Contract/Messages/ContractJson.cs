using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Archiver.Contract.Messages;

/// <summary>The JSON of both sides of the process boundary, generated at build time so that it needs no reflection.</summary>
[JsonSerializable(typeof(ArchiveRequest))]
[JsonSerializable(typeof(ArchiveCompletion))]
[JsonSerializable(typeof(ProcessorResult))]
[JsonSerializable(typeof(RequestedFile))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class ContractJson : JsonSerializerContext
{
    /// <summary>
    /// The context that all programs use: duplicate keys are refused, and text is not escaped for HTML.
    /// </summary>
    public static ContractJson Strict { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowDuplicateProperties = false,
        // Escaping for HTML would only make messages longer and names unreadable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
