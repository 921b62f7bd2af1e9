namespace Archiver.Queues.Local;

/// <summary>
/// A queue on this machine. It behaves like SQS, so that a program that works here works there: visibility timeout, receive count,
/// dead-letter queue <c>{name}-dead</c>, and message groups and deduplication if its name ends in <c>.fifo</c>.
/// A cancelled receive takes no messages.
/// </summary>
public abstract class LocalMessageQueue : IMessageQueue
{
    private readonly PollInterval _interval = new();
    private readonly WakeUp _changed;
    private readonly bool _isFifo;

    private protected LocalMessageQueue(string location, string name, WakeUp changed, TimeProvider clock)
    {
        Location = location;
        _isFifo = QueueName.IsFifo(name);
        _changed = changed;
        Clock = clock;
    }

    /// <inheritdoc/>
    public string Location { get; }

    private protected TimeProvider Clock { get; }

    /// <inheritdoc/>
    public Task<QueueProperties> GetPropertiesAsync(CancellationToken cancellationToken) =>
        CallAsync(store => store.GetProperties(Clock.GetUtcNow()), cancellationToken);

    /// <inheritdoc/>
    public async Task<string> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        MessageRules.Check(message, Location);
        var outgoing = _isFifo ? FifoMessage.Complete(message) : message with { GroupId = null, DeduplicationId = null };
        return await ChangeAsync(store => store.Send(outgoing, Clock.GetUtcNow()), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan wait, CancellationToken cancellationToken)
    {
        QueueLimits.Sqs.CheckReceive(maxMessages, wait);
        var started = Clock.GetTimestamp();
        while (true)
        {
            var changed = _changed.Next;
            // Measured before the look, so that there is a last look after the whole wait.
            var left = wait - Clock.GetElapsedTime(started);
            var messages = await CallAsync(store => store.Receive(maxMessages, Clock.GetUtcNow()), cancellationToken).ConfigureAwait(false);
            if (messages.Count > 0)
                _interval.Reset();
            if (messages.Count > 0 || left <= TimeSpan.Zero)
                return messages;
            await PauseAsync(changed, _interval.Next(left), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<HandleFailure>> DeleteAsync(
        IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken) =>
        ChangeAsync(store => store.Delete(receiptHandles), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HandleFailure>> ChangeVisibilityAsync(
        IReadOnlyCollection<VisibilityChange> changes, CancellationToken cancellationToken) =>
        ChangeAsync(store => store.ChangeVisibility([.. changes.Select(QueueLimits.Sqs.Cap)], Clock.GetUtcNow()), cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Calls the store, one call at a time. A call that has started is not cancelled.</summary>
    private protected abstract Task<T> CallAsync<T>(Func<IMessageStore, T> call, CancellationToken cancellationToken);

    private async Task<T> ChangeAsync<T>(Func<IMessageStore, T> call, CancellationToken cancellationToken)
    {
        var result = await CallAsync(call, cancellationToken).ConfigureAwait(false);
        _changed.Set();
        return result;
    }

    private async Task PauseAsync(Task changed, TimeSpan interval, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed, Task.Delay(interval, Clock, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
