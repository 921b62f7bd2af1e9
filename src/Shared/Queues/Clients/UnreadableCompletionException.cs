using Archiver.Contract;

namespace Archiver.Queues.Clients;

/// <summary>
/// A message on the completion queue is no completion. It carries what is needed to look at the message and to delete it.
/// </summary>
public sealed class UnreadableCompletionException(ReceivedMessage received, string reason, Exception? inner = null)
    : ArchiverException(Contract.Boundary.ExitCode.DataError, $"The message {received.MessageId} is not an archive completion: {reason}.", inner)
{
    /// <summary>The message as it came.</summary>
    public ReceivedMessage Received { get; } = received;
}
