using Archiver.Contract;

namespace Archiver.Queues.Clients;

/// <summary>
/// A message on the completion queue is not a completion. The exception carries it, so that it can be inspected and deleted.
/// </summary>
public sealed class UnreadableCompletionException(ReceivedMessage received, string reason, Exception? inner = null)
    : ArchiverException(
        Contract.Boundary.ExitCode.DataError, $"The message {received.MessageId} is not an archive completion: {reason}.", inner)
{
    /// <summary>The message as received.</summary>
    public ReceivedMessage Received { get; } = received;
}
