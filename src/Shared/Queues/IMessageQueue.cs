using Archiver.Contract;

namespace Archiver.Queues;

/// <summary>
/// A queue of messages in the manner of Amazon SQS: a received message is hidden for a time, comes back unless it is deleted,
/// and moves to a dead-letter queue after too many receives. Every implementation passes the same contract tests.
/// Methods throw <see cref="ArchiverException"/>: exit code 69 when the queue cannot be reached, 77 when access is denied,
/// 78 when it does not exist, 65 when a message cannot be accepted (too large, forbidden characters).
/// </summary>
public interface IMessageQueue : IAsyncDisposable
{
    /// <summary>The location that the queue was opened with, such as an SQS URL or <c>sqlite:path#name</c>.</summary>
    string Location { get; }

    /// <summary>Reads the queue's settings and approximate counts.</summary>
    Task<QueueProperties> GetPropertiesAsync(CancellationToken cancellationToken);

    /// <summary>Sends one message.</summary>
    /// <returns>The message id that the queue gave it.</returns>
    Task<string> SendAsync(OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Receives up to <paramref name="maxMessages"/> messages, waiting for the first of them (long poll).</summary>
    /// <param name="maxMessages">1 to 10.</param>
    /// <param name="wait">0 to 20 seconds.</param>
    /// <param name="cancellationToken">Ends the wait. A message may have been taken by then: see the implementation.</param>
    /// <returns>What was there; an empty list when nothing came.</returns>
    Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes messages by their receipt handles, as many in one call as the queue allows. Deleting one that is gone already is no failure.
    /// </summary>
    /// <returns>Those that could not be deleted; empty when all were.</returns>
    Task<IReadOnlyList<HandleFailure>> DeleteAsync(IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken);

    /// <summary>Hides messages for so long from now on; zero makes them visible at once.</summary>
    /// <returns>Those that could not be changed; empty when all were.</returns>
    Task<IReadOnlyList<HandleFailure>> ChangeVisibilityAsync(IReadOnlyCollection<VisibilityChange> changes, CancellationToken cancellationToken);
}

/// <summary>How long to hide a message from now on; on SQS at most until 12 hours after its receive.</summary>
public sealed record VisibilityChange(string ReceiptHandle, TimeSpan Timeout);

/// <summary>Why an operation on one message failed.</summary>
/// <param name="ReceiptHandle">The message's receipt handle.</param>
/// <param name="LeaseLost">True when the message is no longer ours (its visibility timeout ended, it is gone); trying again cannot
/// help.</param>
/// <param name="Reason">One line for the log.</param>
public sealed record HandleFailure(string ReceiptHandle, bool LeaseLost, string Reason);
