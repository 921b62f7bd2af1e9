using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Archiver.Poller.Validation;

/// <summary>JSON values are equal by what they mean: 1 and 1.0 are, and the order of properties does not matter.</summary>
internal sealed class JsonEquality : IEqualityComparer<JsonElement>
{
    public static readonly JsonEquality Instance = new();

    public bool Equals(JsonElement x, JsonElement y) => JsonElement.DeepEquals(x, y);

    public int GetHashCode([DisallowNull] JsonElement obj) => obj.ValueKind switch
    {
        JsonValueKind.Number => JsonNumber.From(obj).GetHashCode(),
        JsonValueKind.String => obj.GetString()!.GetHashCode(StringComparison.Ordinal),
        JsonValueKind.Array => obj.EnumerateArray().Aggregate(1, (hash, item) => HashCode.Combine(hash, GetHashCode(item))),
        JsonValueKind.Object => obj.EnumerateObject().Aggregate(2, (hash, property) => hash ^ HashCode.Combine(property.Name, GetHashCode(property.Value))),
        var kind => (int)kind,
    };
}
