using Archiver.Queues.Local;

namespace Archiver.Queues.Memory;

/// <summary>
/// A queue in memory, for tests: nothing to install, nothing to clean up, and time is what the clock says.
/// Its messages live as long as this object and those opened from it, or as the <see cref="QueueFactory"/> that opened it.
/// </summary>
public sealed class MemoryMessageQueue : LocalMessageQueue
{
    /// <summary>What the location of a queue in memory begins with.</summary>
    internal const string Scheme = "memory:";

    private readonly MemoryQueues _queues;
    private readonly MemoryStore _store;
    private readonly LocalQueueOptions _options;
    private readonly string? _deadLetters;

    /// <summary>Creates a queue, and its dead-letter queue with it.</summary>
    /// <param name="name">Letters, digits, <c>-</c> and <c>_</c>; <c>.fifo</c> behind it makes a FIFO queue.</param>
    /// <param name="options">Visibility timeout and receives; null for the defaults.</param>
    /// <param name="clock">Null for the system's.</param>
    public MemoryMessageQueue(string name = "archive-requests", LocalQueueOptions? options = null, TimeProvider? clock = null)
        : this(new MemoryQueues(), name, options ?? new LocalQueueOptions(), clock ?? TimeProvider.System)
    {
    }

    internal MemoryMessageQueue(MemoryQueues queues, string name, LocalQueueOptions options, TimeProvider clock)
        : this(queues, queues.Open(name, options), name, options, clock)
    {
    }

    private MemoryMessageQueue(MemoryQueues queues, MemoryStore store, string name, LocalQueueOptions options, TimeProvider clock)
        : base(Scheme + name, name, store.Changed, clock)
    {
        (_queues, _store, _options, _deadLetters) = (queues, store, options, QueueName.DeadLetterOf(name));
    }

    /// <summary>Opens the queue where messages go that were received too often; null when this is one itself.</summary>
    public MemoryMessageQueue? OpenDeadLetters() =>
        _deadLetters is null ? null : new MemoryMessageQueue(_queues, _deadLetters, _options, Clock);

    /// <summary>Does nothing: the messages stay for others who opened the queue.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private protected override Task<T> CallAsync<T>(Func<IMessageStore, T> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_store.Gate)
            return Task.FromResult(call(_store));
    }
}
