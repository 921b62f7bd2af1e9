using Amazon.SQS;
using Amazon.SQS.Model;

namespace Archiver.EndToEnd.Support;

/// <summary>A queue, with short ways to put messages in and get them out.</summary>
public sealed class QueueUnderTest(IAmazonSQS client, string url, QueueUnderTest? deadLetters = null)
{
    public string Url => url;

    public string Name => url[(url.LastIndexOf('/') + 1)..];

    /// <summary>Null if the queue has no redrive policy.</summary>
    public QueueUnderTest? DeadLetters => deadLetters;

    /// <summary>Returns the message id. A FIFO queue wants a group; each message is new to it unless a deduplication id is given.</summary>
    public async Task<string> SendAsync(
        string body, IReadOnlyDictionary<string, string>? attributes = null, string? group = null, string? deduplicationId = null)
    {
        var request = new SendMessageRequest { QueueUrl = url, MessageBody = body };
        if (group is not null)
        {
            request.MessageGroupId = group;
            request.MessageDeduplicationId = deduplicationId ?? Guid.NewGuid().ToString();
        }

        if (attributes is not null)
        {
            request.MessageAttributes = attributes.ToDictionary(
                pair => pair.Key, pair => new MessageAttributeValue { DataType = "String", StringValue = pair.Value });
        }

        return (await client.SendMessageAsync(request, TestContext.Current.CancellationToken)).MessageId;
    }

    /// <summary>One ReceiveMessage call, with all attributes asked for.</summary>
    public async Task<IReadOnlyList<Message>> ReceiveAsync(int max = 10, int waitSeconds = 0, int? visibilitySeconds = null)
    {
        var request = new ReceiveMessageRequest
        {
            QueueUrl = url,
            MaxNumberOfMessages = max,
            WaitTimeSeconds = waitSeconds,
            MessageAttributeNames = ["All"],
            MessageSystemAttributeNames = ["All"],
        };
        if (visibilitySeconds is not null)
            request.VisibilityTimeout = visibilitySeconds;
        return (await client.ReceiveMessageAsync(request, TestContext.Current.CancellationToken)).Messages ?? [];
    }

    /// <summary>Waits for a message, takes it and leaves it in flight.</summary>
    public Task<Message> ReceiveOneAsync(TimeSpan? within = null) =>
        Eventually.GetAsync($"a message in {Name}", async () => (await ReceiveAsync(1, 1)).SingleOrDefault(), within);

    /// <summary>Waits for a message, takes it and deletes it.</summary>
    public async Task<Message> TakeOneAsync(TimeSpan? within = null)
    {
        var message = await ReceiveOneAsync(within);
        await DeleteAsync(message);
        return message;
    }

    public Task DeleteAsync(Message message) =>
        client.DeleteMessageAsync(url, message.ReceiptHandle, TestContext.Current.CancellationToken);

    public Task ChangeVisibilityAsync(Message message, int seconds) =>
        client.ChangeMessageVisibilityAsync(url, message.ReceiptHandle, seconds, TestContext.Current.CancellationToken);

    /// <summary>About how many wait and how many are in flight. Some servers update this on receives only.</summary>
    public async Task<(int Visible, int InFlight)> CountAsync()
    {
        var request = new GetQueueAttributesRequest
        {
            QueueUrl = url,
            AttributeNames = [QueueAttributeName.ApproximateNumberOfMessages, QueueAttributeName.ApproximateNumberOfMessagesNotVisible],
        };
        var response = await client.GetQueueAttributesAsync(request, TestContext.Current.CancellationToken);
        return (response.ApproximateNumberOfMessages, response.ApproximateNumberOfMessagesNotVisible);
    }
}
