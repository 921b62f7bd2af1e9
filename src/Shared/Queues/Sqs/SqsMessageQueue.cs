using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Archiver.Contract;

namespace Archiver.Queues.Sqs;

/// <summary>
/// A standard or FIFO queue on Amazon SQS or a compatible server. A cancelled receive waits up to two seconds for its call to end. The
/// call then continues in the background until the queue is disposed of; any message it still returns is made visible again.
/// API: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html
/// </summary>
public sealed class SqsMessageQueue : IMessageQueue
{
    private readonly SqsLocation _location;
    private readonly AmazonSQSClient _client;
    private readonly SqsQueueUrls _urls;
    private readonly InterruptedPolls _polls;
    private readonly bool _isFifo;

    /// <summary>Prepares a queue without contacting the server.</summary>
    /// <param name="location">The queue's URL, or its name, which the first call resolves.</param>
    /// <param name="aws">Region, endpoint and credentials.</param>
    /// <param name="clock">The clock; null for the system clock.</param>
    /// <exception cref="ArchiverException">
    /// Exit code 78: the location is malformed, or region, endpoint or secret key are missing or malformed.
    /// </exception>
    public SqsMessageQueue(string location, AwsConnection aws, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(location);
        ArgumentNullException.ThrowIfNull(aws);
        Location = location;
        _location = SqsLocation.Parse(location);
        _client = SqsClientFactory.Create(_location, aws);
        _urls = new SqsQueueUrls(_client, _location);
        _polls = new InterruptedPolls(ReleaseAsync, clock ?? TimeProvider.System);
        _isFifo = QueueName.IsFifo(_location.Name);
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    /// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html</remarks>
    public Task<QueueProperties> GetPropertiesAsync(CancellationToken cancellationToken) => GuardAsync(
        async url =>
        {
            var request = new GetQueueAttributesRequest { QueueUrl = url, AttributeNames = SqsMessages.All };
            var answer = await _client.GetQueueAttributesAsync(request, cancellationToken).ConfigureAwait(false);
            var attributes = new SqsQueueAttributes(answer.Attributes ?? []);
            return new QueueProperties
            {
                VisibilityTimeout = TimeSpan.FromSeconds(attributes.Number("VisibilityTimeout", 30)),
                Limits = QueueLimits.Sqs with { MessageBytes = (int)attributes.Number("MaximumMessageSize", QueueLimits.Sqs.MessageBytes) },
                IsFifo = _isFifo,
                Visible = attributes.Number("ApproximateNumberOfMessages", 0),
                InFlight = attributes.Number("ApproximateNumberOfMessagesNotVisible", 0),
                Delayed = attributes.Number("ApproximateNumberOfMessagesDelayed", 0),
                Redrive = attributes.Redrive is { } redrive
                    ? new RedrivePolicy(
                        await _urls.OfDeadLettersAsync(redrive, cancellationToken).ConfigureAwait(false), redrive.MaxReceiveCount)
                    : null,
            };
        },
        cancellationToken);

    /// <inheritdoc/>
    /// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html</remarks>
    public Task<string> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        MessageRules.Check(message, Location);
        var outgoing = _isFifo ? FifoMessage.Complete(message) : message with { GroupId = null, DeduplicationId = null };
        return GuardAsync(
            async url =>
                (await _client.SendMessageAsync(SqsMessages.ToRequest(outgoing, url), cancellationToken).ConfigureAwait(false)).MessageId,
            cancellationToken,
            sending: true);
    }

    /// <inheritdoc/>
    /// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html</remarks>
    public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int maxMessages, TimeSpan wait, CancellationToken cancellationToken)
    {
        QueueLimits.Sqs.CheckReceive(maxMessages, wait);
        return GuardAsync<IReadOnlyList<ReceivedMessage>>(
            async url =>
            {
                var request = new ReceiveMessageRequest
                {
                    QueueUrl = url,
                    MaxNumberOfMessages = maxMessages,
                    WaitTimeSeconds = (int)Math.Ceiling(wait.TotalSeconds),
                    MessageAttributeNames = SqsMessages.All,
                    MessageSystemAttributeNames = SqsMessages.All,
                    // With this, a FIFO queue returns the same messages if the SDK repeats a call whose answer was lost.
                    ReceiveRequestAttemptId = _isFifo ? Guid.NewGuid().ToString("D") : null,
                };
                var answer = await _polls.RunAsync(closing => _client.ReceiveMessageAsync(request, closing), cancellationToken)
                    .ConfigureAwait(false);
                return [.. (answer.Messages ?? []).Select(SqsMessages.FromSdk)];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html</remarks>
    public Task<IReadOnlyList<HandleFailure>> DeleteAsync(
        IReadOnlyCollection<string> receiptHandles, CancellationToken cancellationToken) => GuardAsync(
        url => SqsBatches.RunAsync(receiptHandles, handle => handle, async batch =>
        {
            var entries = batch.Select((handle, i) => new DeleteMessageBatchRequestEntry(SqsBatches.IdOf(i), handle)).ToList();
            var answer = await _client.DeleteMessageBatchAsync(url, entries, cancellationToken).ConfigureAwait(false);
            return new SqsBatchAnswer(answer.Successful?.Select(static entry => entry.Id), answer.Failed);
        }),
        cancellationToken);

    /// <inheritdoc/>
    /// <remarks>https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html</remarks>
    public Task<IReadOnlyList<HandleFailure>> ChangeVisibilityAsync(
        IReadOnlyCollection<VisibilityChange> changes, CancellationToken cancellationToken) => GuardAsync(
        url => SqsBatches.RunAsync([.. changes.Select(QueueLimits.Sqs.Cap)], change => change.ReceiptHandle, async batch =>
        {
            var entries = batch.Select((change, i) => new ChangeMessageVisibilityBatchRequestEntry(SqsBatches.IdOf(i), change.ReceiptHandle)
            {
                VisibilityTimeout = (int)Math.Ceiling(change.Timeout.TotalSeconds),
            }).ToList();
            var answer = await _client.ChangeMessageVisibilityBatchAsync(url, entries, cancellationToken).ConfigureAwait(false);
            return new SqsBatchAnswer(answer.Successful?.Select(static entry => entry.Id), answer.Failed);
        }),
        cancellationToken);

    /// <summary>Cancels polls that are still open, and disposes of the client.</summary>
    public async ValueTask DisposeAsync()
    {
        await _polls.DisposeAsync().ConfigureAwait(false);
        _client.Dispose();
    }

    private Task<IReadOnlyList<HandleFailure>> ReleaseAsync(List<Message> messages) =>
        ChangeVisibilityAsync([.. messages.Select(m => new VisibilityChange(m.ReceiptHandle, TimeSpan.Zero))], CancellationToken.None);

    private async Task<T> GuardAsync<T>(Func<string, Task<T>> call, CancellationToken cancellationToken, bool sending = false)
    {
        try
        {
            return await call(await _urls.OfQueueAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception error) when (IsOfTheClient(error))
        {
            // A cancelled call may fail in any way.
            cancellationToken.ThrowIfCancellationRequested();
            throw SqsErrors.Explain(error, Location, sending);
        }
    }

    // A cancellation that the caller did not ask for is the client's own timeout.
    private static bool IsOfTheClient(Exception error) =>
        error is AmazonClientException or AmazonServiceException or HttpRequestException or IOException
            or OperationCanceledException or TimeoutException;
}
