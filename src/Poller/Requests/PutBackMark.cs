using System.Text.Json;
using Archiver.Queues;

namespace Archiver.Poller.Requests;

/// <summary>
/// What a request that is put back as a new message must not lose: the tries that count, its message id, when it was sent, and attributes
/// for which there is no room beside the mark. A sender may forge it, for its own message alone: it can only give tries up, date its own
/// archive, and claim a message id that it would have to guess.
/// </summary>
internal sealed record PutBackMark(int Tries, Guid? Id, DateTimeOffset SentAt)
{
    public const string Attribute = "Archiver-Put-Back";

    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public IReadOnlyList<Displaced> Attributes { get; init; } = [];

    /// <returns>Null when the message has none, or none that can be read.</returns>
    public static PutBackMark? From(ReceivedMessage message)
    {
        try
        {
            return message.Attributes.GetValueOrDefault(Attribute)?.StringValue is { } text
                && JsonSerializer.Deserialize<PutBackMark>(text, Form) is { Tries: >= 0, Attributes: not null } mark
                && mark.Attributes.All(static displaced => displaced is { Name: not null, Type: not null })
                ? mark
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public MessageAttribute ToAttribute() => MessageAttribute.Text(JsonSerializer.Serialize(this, Form));

    /// <summary>An attribute that the mark carries along.</summary>
    internal sealed record Displaced(string Name, string Type, string? Text, byte[]? Binary)
    {
        public MessageAttribute ToAttribute() => new(Type, Text, Binary);

        public static Displaced From(KeyValuePair<string, MessageAttribute> attribute) =>
            new(attribute.Key, attribute.Value.DataType, attribute.Value.StringValue,
                attribute.Value.BinaryValue.IsEmpty ? null : attribute.Value.BinaryValue.ToArray());
    }
}
