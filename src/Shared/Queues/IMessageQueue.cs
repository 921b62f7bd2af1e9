using Archiver.Contract;

namespace Archiver.Queues;

/// <summary>
/// A message queue with the semantics of Amazon SQS: a received message is hidden for a time, is delivered again unless it is deleted,
/// and moves to a dead-letter queue after too many receives. Every implementation passes the same contract tests.
/// Methods throw <see cref="ArchiverException"/>: exit code 69 if the queue cannot be reached, 77 if access is denied,
/// 78 if it does not exist, 65 if a message cannot be accepted (too large, forbidden characters).
/// </summary>
public interface IMessageQueue : IAsyncDisposable
{
    /// <summary>The location that the queue was opened with, such as an SQS URL or <c>sqlite:path#name</c>.</summary>
    string Location { get; }

    /// <summary>Reads the queue's settings and approximate counts.</summary>
    Task<QueueProperties> GetPropertiesAsync(CancellationToken cancellationToken);

    /// <summary>Sends one message.</summary>
    /// <returns>The message ID assigned by the queue.</returns>
    Task<string> SendAsync(OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Receives up to <paramref name="maxMessages"/> messages, waiting for the first one (long poll).</summary>
    /// <param name="maxMessages">1 to 10.</param>
    /// <param name="wait">0 to 20 seconds.</param>
    /// <param name="cancellationToken">Ends the wait. Messages may have been taken by then: see the implementation.</param>
    /// <returns>The messages; an empty list if none came.</returns>
    Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes messages by their receipt handles, in batches as large as the queue allows. Deleting a message that is already gone is not a
    /// failure.
    /// </summary>
    /// <returns>Those that could not be deleted; empty if all were.</returns>
    Task<IReadOnlyList<HandleFailure>> DeleteAsync(IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken);

    /// <summary>Hides messages for a time that starts now; zero makes them visible at once.</summary>
    /// <returns>Those that could not be changed; empty if all were.</returns>
    Task<IReadOnlyList<HandleFailure>> ChangeVisibilityAsync(
        IReadOnlyCollection<VisibilityChange> changes, CancellationToken cancellationToken);
}

/// <summary>How long to hide a message, starting now; on SQS at most until 12 hours after it was received.</summary>
public sealed record VisibilityChange(string ReceiptHandle, TimeSpan Timeout);

/// <summary>Why an operation on one message failed.</summary>
/// <param name="ReceiptHandle">The message's receipt handle.</param>
/// <param name="LeaseLost">
/// True if the receiver no longer holds the message (its visibility timeout ended, or it is gone): retrying cannot help.
/// </param>
/// <param name="Reason">One line for the log.</param>
public sealed record HandleFailure(string ReceiptHandle, bool LeaseLost, string Reason);
