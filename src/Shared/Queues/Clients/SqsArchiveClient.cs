using Archiver.Contract;
using Archiver.Queues.Sqs;

namespace Archiver.Queues.Clients;

/// <summary>
/// Requests archives over Amazon SQS. On FIFO queues the message group is <c>archive-{aipid}</c>, and the same request sent twice
/// within five minutes counts as one.
/// API: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
/// </summary>
/// <param name="requestQueue">URL or name of the queue where requests are sent.</param>
/// <param name="completionQueue">URL or name of the queue where completions are received; null for a client that only sends.</param>
/// <param name="aws">Region, endpoint and credentials; null for the defaults of the AWS SDK.</param>
/// <exception cref="ArchiverException">Exit code 78: a URL or name is malformed, or the region is not known.</exception>
public sealed class SqsArchiveClient(string requestQueue, string? completionQueue = null, AwsConnection? aws = null)
    : QueueArchiveClient(Open(requestQueue, aws), completionQueue is null ? null : Open(completionQueue, aws))
{
    private static SqsMessageQueue Open(string queue, AwsConnection? aws) => new(queue, aws ?? new AwsConnection());
}
