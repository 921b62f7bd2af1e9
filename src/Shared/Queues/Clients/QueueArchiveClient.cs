using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Queues.Clients;

/// <summary>Requests archives over a pair of queues of any kind.</summary>
/// <param name="requests">Where requests are sent; disposed with the client.</param>
/// <param name="completions">Where completions are received; disposed with the client. Null for a client that only sends.</param>
public class QueueArchiveClient(IMessageQueue requests, IMessageQueue? completions) : ArchiveClient
{
    private IMessageQueue Completions => completions
        ?? throw new ArchiverException(ExitCode.Config, "The archive client has no completion queue: pass one to receive completions.");

    /// <inheritdoc/>
    public override async Task<ReceivedCompletion?> ReceiveCompletionAsync(TimeSpan wait, CancellationToken cancellationToken = default) =>
        (await Completions.ReceiveAsync(1, wait, cancellationToken).ConfigureAwait(false)).FirstOrDefault() is { } message
            ? CompletionReader.Read(message)
            : null;

    /// <inheritdoc/>
    public override async Task DeleteMessageAsync(string receiptHandle, CancellationToken cancellationToken = default)
    {
        if (await Completions.DeleteAsync(receiptHandle, cancellationToken).ConfigureAwait(false) is { } failure)
            throw new ArchiverException(ExitCode.TempFail,
                $"The completion could not be deleted from {Completions.Location}, so it will be delivered again: {failure.Reason}.");
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await requests.DisposeAsync().ConfigureAwait(false);
        if (completions is not null)
            await completions.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private protected override Task<string> SendAsync(
        CheckedRequest request, IReadOnlyDictionary<string, MessageAttribute> attributes, CancellationToken cancellationToken) =>
        requests.SendAsync(
            new OutgoingMessage(request.Body)
            {
                Attributes = attributes,
                GroupId = request.GroupId,
                DeduplicationId = request.DeduplicationId,
            },
            cancellationToken);
}
