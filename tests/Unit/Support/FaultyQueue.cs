using Archiver.Contract;
using Archiver.Queues;

namespace Archiver.Tests.Support;

/// <summary>A queue that fails when told to, and otherwise does what the one behind it does.</summary>
public sealed class FaultyQueue(IMessageQueue queue) : IMessageQueue
{
    /// <summary>The exit code that sending ends with; null: it succeeds.</summary>
    public Func<OutgoingMessage, int?> SendFails { get; set; } = static _ => null;

    /// <summary>The exit code that deleting ends with; null: it succeeds.</summary>
    public int? DeleteFails { get; set; }

    public List<OutgoingMessage> Sent { get; } = [];

    public string Location => queue.Location;

    public Task<QueueProperties> GetPropertiesAsync(CancellationToken cancellationToken) => queue.GetPropertiesAsync(cancellationToken);

    public async Task<string> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (SendFails(message) is { } exitCode)
            throw new ArchiverException(exitCode, "told to fail");
        Sent.Add(message);
        return await queue.SendAsync(message, cancellationToken);
    }

    public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan wait, CancellationToken cancellationToken) => queue.ReceiveAsync(maxMessages, wait, cancellationToken);

    public Task<IReadOnlyList<HandleFailure>> DeleteAsync(IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken) =>
        DeleteFails is { } exitCode ? throw new ArchiverException(exitCode, "told to fail") : queue.DeleteAsync(receiptHandles, cancellationToken);

    public Task<IReadOnlyList<HandleFailure>> ChangeVisibilityAsync(IReadOnlyCollection<VisibilityChange> changes, CancellationToken cancellationToken) =>
        queue.ChangeVisibilityAsync(changes, cancellationToken);

    public ValueTask DisposeAsync() => queue.DisposeAsync();
}
