using Archiver.Queues;

namespace Archiver.Poller.Handling;

/// <summary>A request that begins anew as another message of its own queue.</summary>
internal static class PutBackMessage
{
    /// <summary>What may be sent, best first: with its mark, or where that has no room, as it came.</summary>
    public static IReadOnlyList<OutgoingMessage> Candidates(Arrival arrival, int tries)
    {
        var (message, original) = (arrival.Message, arrival.Original);
        var plain = new OutgoingMessage(message.Body)
        {
            Attributes = PackedBody.IsPacked(message)
                ? original.Attributes.Take(MessageRules.MaximumAttributes - 1).Append(new(PackedBody.Attribute, PackedBody.Mark)).ToDictionary()
                : original.Attributes.Take(MessageRules.MaximumAttributes).ToDictionary(),
            GroupId = message.GroupId,
            // The same at every try to put this message back, and no other's.
            DeduplicationId = $"{message.MessageId}-put-back",
        };
        var marked = plain with { Attributes = WithMark(arrival, plain.Attributes, tries) };
        return MessageRules.FindProblem(marked) is null ? [marked, plain] : [plain];
    }

    private static Dictionary<string, MessageAttribute> WithMark(Arrival arrival, IReadOnlyDictionary<string, MessageAttribute> attributes, int tries)
    {
        var mark = new PutBackMark(tries, Guid.TryParse(arrival.Original.MessageId, out var id) ? id : null, arrival.Original.SentAt);
        var all = attributes.ToDictionary();
        var displaced = arrival.Original.Attributes.Skip(MessageRules.MaximumAttributes - 1 - (all.Count - arrival.Original.Attributes.Count)).ToList();
        foreach (var (name, _) in displaced)
            all.Remove(name);
        all[PutBackMark.Attribute] = (mark with { Attributes = [.. displaced.Select(PutBackMark.Displaced.From)] }).ToAttribute();
        return all;
    }
}
