namespace Archiver.Queues.Local;

/// <summary>Where a queue on this machine keeps its messages. Calls come one at a time, and each is atomic.</summary>
internal interface IMessageStore
{
    QueueProperties GetProperties(DateTimeOffset now);

    string Send(OutgoingMessage message, DateTimeOffset now);

    /// <summary>Takes visible messages in order; those received too many times move to the dead-letter queue instead.</summary>
    IReadOnlyList<ReceivedMessage> Receive(int maxMessages, DateTimeOffset now);

    IReadOnlyList<HandleFailure> Delete(IReadOnlyCollection<string> receiptHandles);

    IReadOnlyList<HandleFailure> ChangeVisibility(IReadOnlyCollection<VisibilityChange> changes, DateTimeOffset now);
}
