using System.Globalization;
using System.Text;
using Archiver.Contract.Messages;
using Archiver.Poller.Requests;
using Archiver.Poller.Telemetry;
using Archiver.Queues;

namespace Archiver.Poller.Settling;

/// <summary>
/// A rejected request on its way to the dead-letter queue: the original body and attributes, and the reason in attributes of its own. The
/// reason always goes along. Where it has no room beside the body, the body is packed; where it has none among ten attributes, one of them
/// gives way.
/// </summary>
internal sealed class DeadLetterMessage
{
    public const string ReasonAttribute = "Archiver-Reason";
    public const string CodeAttribute = "Archiver-Code";
    public const string ExitCodeAttribute = "Archiver-Exit-Code";
    public const string MessageIdAttribute = "Archiver-Message-Id";

    private const int LongestReason = 1024;

    // Reasons are cut before attributes or the body give way, but not to less than this.
    private const int ShortestReason = 64;

    private readonly SentMessage _request;
    private readonly FailureDescription _error;
    private readonly int _largest;
    private readonly Lazy<string?> _packed;

    /// <param name="request">The message, envelope and all.</param>
    /// <param name="error">Why it is rejected.</param>
    /// <param name="largest">The most bytes that the dead-letter queue takes.</param>
    public DeadLetterMessage(SentMessage request, FailureDescription error, int largest)
    {
        (_request, _error, _largest) = (request, error, largest);
        _packed = new Lazy<string?>(() => PackedBody.Pack(request.Body));
    }

    /// <summary>The messages that hold the whole request and the reason, best first; none when it is too large.</summary>
    public IEnumerable<OutgoingMessage> Candidates() =>
        new (bool Packed, bool KeepAll)[] { (false, true), (true, true), (false, false), (true, false) }
            // One after another: most bodies need not be packed.
            .Select(way => Build(way.Packed, way.KeepAll))
            .OfType<OutgoingMessage>()
            .Where(message => MessageRules.FindProblem(message, QueueLimits.Sqs with { MessageBytes = _largest }) is null);

    /// <summary>The message that describes a request too large to fit together with its reason.</summary>
    /// <param name="bodyId">The message of the dead-letter queue that has its body; null when none has.</param>
    public OutgoingMessage Notice(string? bodyId)
    {
        var attributes = WithReason([], free: QueueLimits.Sqs.Attributes, room: _largest / 2, left: "");
        var where = bodyId is null
            ? "It is left to the redrive policy of its own queue, which moves it without a reason."
            : $"Its body is in this queue as message {bodyId}, without a reason.";
        var text = $"This is not a request but a notice. The request {_request.MessageId} was rejected, and its "
            + $"{Encoding.UTF8.GetByteCount(_request.Body)} bytes leave no room for the reason. {where} It begins:\n";
        var room = _largest - MessageRules.SizeOf(attributes) - Encoding.UTF8.GetByteCount(text);
        var beginning = CutText.ToBytes(Clean(_request.Body, keepLines: true), Math.Max(0, room));
        return new OutgoingMessage(text + beginning) { Attributes = attributes };
    }

    private OutgoingMessage? Build(bool packed, bool keepAll)
    {
        if ((packed ? _packed.Value : _request.Body) is not { } body)
            return null;
        var own = packed ? new Dictionary<string, MessageAttribute> { [PackedBody.Attribute] = PackedBody.Mark } : [];
        var room = _largest - Encoding.UTF8.GetByteCount(body) - MessageRules.SizeOf(own);
        var kept = Kept(QueueLimits.Sqs.Attributes - own.Count - 1, room, keepAll);
        var left = _request.Attributes.Keys.Except(kept.Keys).ToList();
        foreach (var (name, value) in own)
            kept.Add(name, value);
        room = _largest - Encoding.UTF8.GetByteCount(body) - MessageRules.SizeOf(kept);
        return room < ShortestReason
            ? null
            : new OutgoingMessage(body)
            {
                Attributes = WithReason(kept, QueueLimits.Sqs.Attributes - kept.Count, room,
                    left.Count == 0 ? "" : $" Attributes left out: {string.Join(", ", left)}."),
            };
    }

    private Dictionary<string, MessageAttribute> Kept(int most, int room, bool keepAll)
    {
        var kept = _request.Attributes.Where(static a => AttributeRules.FindProblem(a.Key, a.Value) is null).ToDictionary();
        // It has its worth for traces alone.
        if (kept.Count > most)
            kept.Remove(TraceContext.TraceStateAttribute);
        foreach (var name in kept.Keys.Order(StringComparer.Ordinal).Skip(most).ToList())
            kept.Remove(name);
        while (!keepAll && kept.Count > 0 && MessageRules.SizeOf(kept) > room - ShortestReason)
            kept.Remove(kept.MaxBy(static a => MessageRules.SizeOf([a])).Key);
        return kept;
    }

    /// <summary>Adds the reason; its parts that have no room for an attribute of their own stand in its text.</summary>
    private Dictionary<string, MessageAttribute> WithReason(Dictionary<string, MessageAttribute> attributes, int free, int room,
        string left)
    {
        var all = attributes.ToDictionary();
        bool Fits(params KeyValuePair<string, MessageAttribute>[] parts)
        {
            var fits = parts.Length < free
                && MessageRules.SizeOf(parts) + Math.Min(2 * ShortestReason, _error.Detail.Length) + ShortestReason <= room;
            foreach (var (name, value) in fits ? parts : [])
                all.Add(name, value);
            (free, room) = fits ? (free - parts.Length, room - MessageRules.SizeOf(parts)) : (free, room);
            return fits;
        }

        var codes = Fits(new(CodeAttribute, MessageAttribute.Text(_error.Code)),
            new(ExitCodeAttribute, new MessageAttribute("Number", _error.ExitCode.ToString(CultureInfo.InvariantCulture))))
            ? "" : $"{_error.Code} ({_error.ExitCode}): ";
        var id = Fits(new KeyValuePair<string, MessageAttribute>(MessageIdAttribute, MessageAttribute.Text(_request.MessageId)))
            ? ""
            : $" (message {_request.MessageId})";
        room -= Encoding.UTF8.GetByteCount(ReasonAttribute) + "String".Length;
        var reason = codes + CutText.ToBytes(Clean(_error.Detail, keepLines: false),
            Math.Min(LongestReason, room - codes.Length - id.Length - left.Length)) + id + left;
        all[ReasonAttribute] = MessageAttribute.Text(reason.Length == 0 ? "unknown" : CutText.ToBytes(reason, room));
        return all;
    }

    // SQS refuses the characters that XML 1.0 does not know.
    private static string Clean(string text, bool keepLines) =>
        string.Concat(text.Select(c => (char.IsControl(c) && !(keepLines && c is '\n' or '\r' or '\t')) || char.IsSurrogate(c)
            || c >= '\uFFFE' ? ' ' : c));
}
