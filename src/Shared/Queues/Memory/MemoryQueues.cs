using Archiver.Queues.Local;

namespace Archiver.Queues.Memory;

/// <summary>Queues in memory by name, with one lock for all of them because messages move between them.</summary>
internal sealed class MemoryQueues
{
    private readonly Dictionary<string, MemoryStore> _stores = [];
    private readonly Dictionary<string, MemoryMessage> _messages = [];
    private long _position;

    public Lock Gate { get; } = new();

    public MemoryStore Open(string name, LocalQueueOptions options)
    {
        lock (Gate)
        {
            if (_stores.TryGetValue(name, out var store))
                return store;
            var deadLetters = QueueName.DeadLetterOf(name) is { } dead ? Open(dead, options) : null;
            return _stores[name] = new MemoryStore(this, name, deadLetters, options);
        }
    }

    public MemoryMessage Create(OutgoingMessage content, DateTimeOffset now)
    {
        var message = new MemoryMessage(++_position, Guid.NewGuid().ToString("D"), content, now);
        _messages.Add(message.Id, message);
        return message;
    }

    /// <summary>Finds a message in any queue, to distinguish a message that has moved from one that is gone.</summary>
    public MemoryMessage? Find(string receiptHandle) =>
        ReceiptHandle.MessageIdOf(receiptHandle) is { } id ? _messages.GetValueOrDefault(id) : null;

    public void Forget(MemoryMessage message) => _messages.Remove(message.Id);
}
