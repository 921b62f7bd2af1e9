using System.Text.Json;
using System.Text.Json.Serialization;

namespace Archiver.Queues.Sqlite;

/// <summary>Message attributes as a JSON object: name to type and value.</summary>
internal static class StoredAttributes
{
    public static string? Write(IReadOnlyDictionary<string, MessageAttribute> attributes) =>
        attributes.Count == 0
            ? null
            : JsonSerializer.Serialize(
                attributes.ToDictionary(a => a.Key, a => new StoredAttribute(
                    a.Value.DataType, a.Value.StringValue, a.Value.BinaryValue.IsEmpty ? null : a.Value.BinaryValue.ToArray())),
                StoredAttributesJson.Default.DictionaryStringStoredAttribute);

    /// <summary>Reads what can be read: another program may have written anything.</summary>
    public static IReadOnlyDictionary<string, MessageAttribute> Read(object? stored)
    {
        if (stored is not string json)
            return MessageAttribute.None;
        var attributes = new Dictionary<string, MessageAttribute>();
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                foreach (var property in document.RootElement.EnumerateObject())
                    if (Read(property.Value) is { } attribute && property.Name.Length > 0)
                        attributes[property.Name] = attribute;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON, or it contains half a character: keep what comes before.
        }

        return attributes;
    }

    private static MessageAttribute? Read(JsonElement value) => value switch
    {
        { ValueKind: JsonValueKind.String } => Text("String", value.GetString()),
        { ValueKind: JsonValueKind.Number } => Text("Number", value.GetRawText()),
        { ValueKind: JsonValueKind.Object } when Property(value, "type")?.GetString() is { } type => type.Split('.')[0] switch
        {
            "String" or "Number" => Text(type, Property(value, "text")?.GetString()),
            "Binary" when Property(value, "bytes") is { } bytes && bytes.TryGetBytesFromBase64(out var binary) && binary.Length > 0 =>
                new MessageAttribute(type, null, binary),
            _ => null,
        },
        _ => null,
    };

    private static MessageAttribute? Text(string type, string? text) =>
        string.IsNullOrEmpty(text) ? null : new MessageAttribute(type, text);

    private static JsonElement? Property(JsonElement value, string name) =>
        value.TryGetProperty(name, out var property) && property.ValueKind == JsonValueKind.String ? property : null;
}

internal sealed record StoredAttribute(string Type, string? Text, byte[]? Bytes);

[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, StoredAttribute>))]
internal sealed partial class StoredAttributesJson : JsonSerializerContext;
