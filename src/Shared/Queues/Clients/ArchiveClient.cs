using Archiver.Contract;
using Archiver.Contract.Messages;

namespace Archiver.Queues.Clients;

/// <summary>
/// Requests archives and receives the results. Use <see cref="SqsArchiveClient"/> on Amazon SQS,
/// <see cref="QueueArchiveClient"/> on any other queues, and <see cref="MockArchiveClient"/> in your own tests.
/// All failures are <see cref="ArchiverException"/>, with a one-line message and an exit code: 65 if the request is not valid, 69 if a
/// queue cannot be reached, 77 if access is denied, 78 if a queue does not exist or a setting is wrong.
/// </summary>
public abstract class ArchiveClient : IAsyncDisposable
{
    /// <summary>Checks a request and sends it.</summary>
    /// <param name="request">What to archive.</param>
    /// <param name="attributes">Message attributes, at most ten, such as a <c>Correlation-Id</c>; the completion repeats them.</param>
    /// <param name="cancellationToken">Ends the call; the request may have been sent by then.</param>
    /// <returns>The message ID of the request. It takes the place of the AIP identifier if the request has none.</returns>
    /// <exception cref="ArchiverException">
    /// Exit code 65: the request is not valid, and the message names the property; 69, 77, 78: see the class.
    /// </exception>
    public async Task<string> RequestArchiveAsync(
        ArchiveRequest request,
        IReadOnlyDictionary<string, MessageAttribute>? attributes = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return await SendAsync(new CheckedRequest(request), attributes ?? MessageAttribute.None, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Receives one completion.</summary>
    /// <param name="wait">How long to wait for one: 0 to 20 seconds.</param>
    /// <param name="cancellationToken">Ends the wait; a completion taken by then will be delivered again.</param>
    /// <returns>Null if none came. Delete it once it is processed, or it will be delivered again after its visibility timeout.</returns>
    /// <exception cref="UnreadableCompletionException">
    /// Exit code 65: the message is not a completion; the exception carries it, so that it can be inspected and deleted.
    /// </exception>
    /// <exception cref="ArchiverException">Exit code 69, 77, 78: see the class.</exception>
    public abstract Task<ReceivedCompletion?> ReceiveCompletionAsync(TimeSpan wait, CancellationToken cancellationToken = default);

    /// <summary>Deletes a completion from its queue.</summary>
    /// <param name="receiptHandle">The receipt handle of the <see cref="ReceivedCompletion"/>.</param>
    /// <param name="cancellationToken">Ends the call; the message may be deleted by then.</param>
    /// <exception cref="ArchiverException">
    /// Exit code 75: its visibility timeout ended and another receiver got it, so it will be delivered again; 69, 77, 78: see the class.
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
