using Archiver.Queues.Local;

namespace Archiver.Queues.Memory;

/// <summary>The messages of one queue in memory.</summary>
internal sealed class MemoryStore(MemoryQueues queues, string name, MemoryStore? deadLetters, LocalQueueOptions options) : IMessageStore
{
    private readonly SortedDictionary<long, MemoryMessage> _messages = [];
    private readonly Dictionary<string, (string MessageId, DateTimeOffset Until)> _deduplication = [];

    public Lock Gate => queues.Gate;

    public WakeUp Changed { get; } = new();

    public QueueProperties GetProperties(DateTimeOffset now)
    {
        var inFlight = _messages.Values.Count(m => m.IsInFlight(now));
        return new QueueProperties
        {
            VisibilityTimeout = options.VisibilityTimeout,
            Redrive = deadLetters is null
                ? null
                : new RedrivePolicy(MemoryMessageQueue.Scheme + QueueName.DeadLetterOf(name), options.MaxReceiveCount),
            IsFifo = QueueName.IsFifo(name),
            InFlight = inFlight,
            Visible = _messages.Count - inFlight,
        };
    }

    public string Send(OutgoingMessage message, DateTimeOffset now)
    {
        if (message.DeduplicationId is { } known && _deduplication.TryGetValue(known, out var earlier) && earlier.Until > now)
            return earlier.MessageId;
        var stored = queues.Create(message, now);
        _messages.Add(stored.Position, stored);
        if (message.DeduplicationId is { } id)
            _deduplication[id] = (stored.Id, now + FifoMessage.DeduplicationTime);
        return stored.Id;
    }

    public IReadOnlyList<ReceivedMessage> Receive(int maxMessages, DateTimeOffset now)
    {
        var blocked = _messages.Values.Where(m => m.GroupId is not null && m.IsInFlight(now)).Select(m => m.GroupId).ToHashSet();
        var candidates = _messages.Values.Where(m => !m.IsInFlight(now) && !blocked.Contains(m.GroupId)).ToList();
        var received = new List<ReceivedMessage>();
        foreach (var message in candidates.TakeWhile(_ => received.Count < maxMessages))
        {
            if (deadLetters is not null && message.ReceiveCount >= options.MaxReceiveCount)
                MoveToDeadLetters(message);
            else
                received.Add(message.Receive(now + options.VisibilityTimeout));
        }

        return received;
    }

    public IReadOnlyList<HandleFailure> Delete(IReadOnlyCollection<string> receiptHandles) =>
        [.. receiptHandles.Select(DeleteOne).OfType<HandleFailure>()];

    public IReadOnlyList<HandleFailure> ChangeVisibility(IReadOnlyCollection<VisibilityChange> changes, DateTimeOffset now) =>
        [.. changes.Select(change => ChangeOne(change, now)).OfType<HandleFailure>()];

    private HandleFailure? DeleteOne(string handle)
    {
        var message = queues.Find(handle);
        if (Lease.RefuseDelete(handle, LeaseOf(message)) is { } failure)
            return failure;
        if (message is not null && _messages.Remove(message.Position))
            queues.Forget(message);
        return null;
    }

    private HandleFailure? ChangeOne(VisibilityChange change, DateTimeOffset now)
    {
        var message = queues.Find(change.ReceiptHandle);
        if (Lease.RefuseChange(change.ReceiptHandle, LeaseOf(message), now) is { } failure)
            return failure;
        message!.Lease = message.Lease with { VisibleAt = now + change.Timeout };
        return null;
    }

    /// <summary>If the message is in another queue, no receive of this one holds it.</summary>
    private Lease? LeaseOf(MemoryMessage? message) =>
        message is null || _messages.ContainsKey(message.Position) ? message?.Lease : message.Lease with { ReceiptHandle = null };

    private void MoveToDeadLetters(MemoryMessage message)
    {
        _messages.Remove(message.Position);
        message.Move();
        deadLetters!._messages.Add(message.Position, message);
        deadLetters.Changed.Set();
    }
}
