using Archiver.Queues;

namespace Archiver.Tests.Support;

/// <summary>A queue that can do nothing; tests give it what they need.</summary>
public abstract class PartialQueue : IMessageQueue
{
    public string Location => "partial:";

    public virtual Task<QueueProperties> GetPropertiesAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<string> SendAsync(OutgoingMessage message, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan wait, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<IReadOnlyList<HandleFailure>> DeleteAsync(IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken) => throw new NotSupportedException();

    public virtual Task<IReadOnlyList<HandleFailure>> ChangeVisibilityAsync(IReadOnlyCollection<VisibilityChange> changes, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
