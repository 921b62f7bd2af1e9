using Archiver.Poller.Requests;
using Archiver.Queues;

namespace Archiver.Poller.Settling;

/// <summary>A request that starts over as a new message in its own queue.</summary>
internal static class PutBackMessage
{
    /// <summary>As it came.</summary>
    public static OutgoingMessage Plain(Arrival arrival) => new(arrival.Message.Body)
    {
        Attributes = PackedBody.IsPacked(arrival.Message)
            ? arrival.Original.Attributes.Take(QueueLimits.Sqs.Attributes - 1).Append(new(PackedBody.Attribute, PackedBody.Mark))
                .ToDictionary()
            : arrival.Original.Attributes.Take(QueueLimits.Sqs.Attributes).ToDictionary(),
        GroupId = arrival.Message.GroupId,
        // The same at every try to put this message back, and no other's.
        DeduplicationId = $"{arrival.Message.MessageId}-put-back",
    };

    /// <summary>With its mark; null when that has no room.</summary>
    public static OutgoingMessage? Marked(Arrival arrival, int tries)
    {
        var plain = Plain(arrival);
        var marked = plain with { Attributes = WithMark(arrival, plain.Attributes, tries) };
        return MessageRules.FindProblem(marked, QueueLimits.Sqs) is null ? marked : null;
    }

    private static Dictionary<string, MessageAttribute> WithMark(Arrival arrival,
        IReadOnlyDictionary<string, MessageAttribute> attributes, int tries)
    {
        var mark = new PutBackMark(tries, Guid.TryParse(arrival.Original.MessageId, out var id) ? id : null, arrival.Original.SentAt);
        var all = attributes.ToDictionary();
        var displaced = arrival.Original.Attributes.Skip(
            QueueLimits.Sqs.Attributes - 1 - (all.Count - arrival.Original.Attributes.Count)).ToList();
        foreach (var (name, _) in displaced)
            all.Remove(name);
        all[PutBackMark.Attribute] = (mark with { Attributes = [.. displaced.Select(PutBackMark.Displaced.From)] }).ToAttribute();
        return all;
    }
}
