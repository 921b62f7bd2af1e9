using Archiver.Queues.Local;

namespace Archiver.Queues.Memory;

/// <summary>
/// A queue in memory, for tests: nothing to install, nothing to clean up, and an injected clock.
/// Its messages live as long as this object and those opened from it, or as the <see cref="QueueFactory"/> that opened it.
/// </summary>
public sealed class MemoryMessageQueue : LocalMessageQueue
{
    /// <summary>The start of the location of a queue in memory.</summary>
    internal const string Scheme = "memory:";

    private readonly MemoryQueues _queues;
    private readonly MemoryStore _store;
    private readonly LocalQueueOptions _options;
    private readonly string? _deadLetters;

    /// <summary>Creates a queue and its dead-letter queue.</summary>
    /// <param name="name">Letters, digits, <c>-</c> and <c>_</c>; <c>.fifo</c> at the end makes it a FIFO queue.</param>
    /// <param name="options">Visibility timeout and number of receives; null for the defaults.</param>
    /// <param name="clock">The clock; null for the system clock.</param>
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

    /// <summary>Opens the queue's dead-letter queue; null if it is a dead-letter queue itself.</summary>
    public MemoryMessageQueue? OpenDeadLetters() =>
        _deadLetters is null ? null : new MemoryMessageQueue(_queues, _deadLetters, _options, Clock);

    /// <summary>Does nothing: the messages stay for other users of the queue.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private protected override Task<T> CallAsync<T>(Func<IMessageStore, T> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_store.Gate)
            return Task.FromResult(call(_store));
    }
}
