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

    public static IReadOnlyDictionary<string, MessageAttribute> Read(string? json) =>
        json is null
            ? MessageAttribute.None
            : JsonSerializer.Deserialize(json, StoredAttributesJson.Default.DictionaryStringStoredAttribute)!
                .ToDictionary(a => a.Key, a => new MessageAttribute(a.Value.Type, a.Value.Text, a.Value.Bytes));
}

internal sealed record StoredAttribute(string Type, string? Text, byte[]? Bytes);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Dictionary<string, StoredAttribute>))]
internal sealed partial class StoredAttributesJson : JsonSerializerContext;
