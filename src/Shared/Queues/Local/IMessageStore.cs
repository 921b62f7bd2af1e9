namespace Archiver.Queues.Local;

/// <summary>Where a queue on this machine keeps its messages. Calls come one at a time, and each happens wholly or not at all.</summary>
internal interface IMessageStore
{
    QueueProperties GetProperties(DateTimeOffset now);

    string Send(OutgoingMessage message, DateTimeOffset now);

    /// <summary>Takes what is visible, in order, and moves to the dead-letter queue what was received too often.</summary>
    IReadOnlyList<ReceivedMessage> Receive(int maxMessages, DateTimeOffset now);

    IReadOnlyList<HandleFailure> Delete(IReadOnlyCollection<string> receiptHandles);

    IReadOnlyList<HandleFailure> ChangeVisibility(IReadOnlyCollection<VisibilityChange> changes, DateTimeOffset now);
}
