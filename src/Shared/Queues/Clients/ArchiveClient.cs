using Archiver.Contract;
using Archiver.Contract.Messages;

namespace Archiver.Queues.Clients;

/// <summary>
/// Asks for archives, and hears how the requests ended. Use <see cref="SqsArchiveClient"/> on Amazon SQS,
/// <see cref="QueueArchiveClient"/> on any other queues, and <see cref="MockArchiveClient"/> in your own tests.
/// All failures are <see cref="ArchiverException"/>, with one line for people and an exit code: 65 when the request is not valid, 69 when
/// a queue cannot be reached, 77 when access is denied, 78 when a queue does not exist or a setting is wrong.
/// </summary>
public abstract class ArchiveClient : IAsyncDisposable
{
    /// <summary>Checks a request and sends it.</summary>
    /// <param name="request">What to archive.</param>
    /// <param name="attributes">Message attributes, at most ten; they come back with the completion. A <c>Correlation-Id</c>, say.</param>
    /// <param name="cancellationToken">Ends the call; the request may have been sent by then.</param>
    /// <returns>The message id that the queue gave the request. It stands in for the AIP identifier of a request that names none.</returns>
    /// <exception cref="ArchiverException">Exit code 65: the request is not valid, and the message names the property; 69, 77, 78: see the
    /// class.</exception>
    public async Task<string> RequestArchiveAsync(
        ArchiveRequest request, IReadOnlyDictionary<string, MessageAttribute>? attributes = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await SendAsync(new CheckedRequest(request), attributes ?? MessageAttribute.None, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Receives one completion.</summary>
    /// <param name="wait">How long to wait for one: 0 to 20 seconds.</param>
    /// <param name="cancellationToken">Ends the wait; a completion that was taken by then comes again.</param>
    /// <returns>Null when none came. Delete it when it is dealt with, or it comes again after its visibility timeout.</returns>
    /// <exception cref="UnreadableCompletionException">Exit code 65: the message is no completion; it can be looked at and
    /// deleted.</exception>
    /// <exception cref="ArchiverException">Exit code 69, 77, 78: see the class.</exception>
    public abstract Task<ReceivedCompletion?> ReceiveCompletionAsync(TimeSpan wait, CancellationToken cancellationToken = default);

    /// <summary>Deletes a completion from its queue.</summary>
    /// <param name="receiptHandle">The one of <see cref="ReceivedCompletion"/>.</param>
    /// <param name="cancellationToken">Ends the call; the message may be deleted by then.</param>
    /// <exception cref="ArchiverException">
    /// Exit code 75: its visibility timeout ended and somebody else received it, so it comes again; 69, 77, 78: see the class.
    /// </exception>
    public abstract Task DeleteMessageAsync(string receiptHandle, CancellationToken cancellationToken = default);

    /// <summary>Closes the queues.</summary>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected abstract Task<string> SendAsync(
        CheckedRequest request, IReadOnlyDictionary<string, MessageAttribute> attributes, CancellationToken cancellationToken);
}
