using Archiver.Queues;

namespace Archiver.Poller.Handling;

/// <summary>A message as it arrived, and the one that its sender sent: without what this program's own attributes say of earlier stays.</summary>
/// <param name="Message">As received: its id and receipt handle are what the queue knows.</param>
/// <param name="Original">As sent: body, attributes, message id and time.</param>
/// <param name="EarlierTries">Tries that count from before it was put back.</param>
internal sealed record Arrival(ReceivedMessage Message, ReceivedMessage Original, int EarlierTries)
{
    // More than any redrive policy allows; a sender may claim any number.
    private const int MostTries = 1_000;

    public static Arrival Of(ReceivedMessage message)
    {
        var mark = PutBackMark.From(message);
        var attributes = OwnAttributes.Without(message.Attributes).ToDictionary();
        foreach (var displaced in mark?.Attributes ?? [])
            attributes.TryAdd(displaced.Name, displaced.ToAttribute());
        var original = message with
        {
            Body = PackedBody.IsPacked(message) ? PackedBody.Unpack(message.Body) : message.Body,
            Attributes = attributes,
            MessageId = mark?.Id?.ToString("D") ?? message.MessageId,
            SentAt = mark?.SentAt ?? message.SentAt,
        };
        return new Arrival(message, original, Math.Min(mark?.Tries ?? 0, MostTries));
    }
}
