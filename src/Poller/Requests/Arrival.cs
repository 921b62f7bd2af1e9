using Archiver.Queues;

namespace Archiver.Poller.Requests;

/// <summary>A message as it arrived, and as it was sent: without what this program's own attributes say of earlier stays.</summary>
/// <param name="Message">Its id and receipt handle are what the queue knows.</param>
/// <param name="Original">What the sender sent.</param>
/// <param name="EarlierTries">Tries that count from before it was put back.</param>
internal sealed record Arrival(ReceivedMessage Message, SentMessage Original, int EarlierTries)
{
    // More than any redrive policy allows; a sender may claim any number.
    private const int MostTries = 1_000;

    public static Arrival Of(ReceivedMessage message)
    {
        var mark = PutBackMark.From(message);
        var attributes = OwnAttributes.Without(message.Attributes).ToDictionary();
        foreach (var displaced in mark?.Attributes ?? [])
            attributes.TryAdd(displaced.Name, displaced.ToAttribute());
        var original = new SentMessage(
            mark?.Id?.ToString("D") ?? message.MessageId,
            PackedBody.IsPacked(message) ? PackedBody.Unpack(message.Body) : message.Body,
            attributes,
            mark?.SentAt ?? message.SentAt);
        return new Arrival(message, original, Math.Min(mark?.Tries ?? 0, MostTries));
    }
}
