using System.Text.Json;
using Amazon;

namespace Archiver.Queues.Sqs;

/// <summary>
/// The redrive policy in a queue's attributes: <c>{"deadLetterTargetArn":"arn:aws:sqs:region:account:name","maxReceiveCount":"5"}</c>.
/// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
/// </summary>
internal sealed record SqsRedrive(string Account, string QueueName, int MaxReceiveCount)
{
    /// <returns>Null if the queue has none, or none that can be parsed.</returns>
    public static SqsRedrive? Parse(string? policy)
    {
        if (string.IsNullOrWhiteSpace(policy))
            return null;
        try
        {
            using var json = JsonDocument.Parse(policy);
            var arn = json.RootElement.GetProperty("deadLetterTargetArn").GetString();
            // A number or a string, depending on how it was set.
            var count = json.RootElement.GetProperty("maxReceiveCount").ToString();
            return Arn.TryParse(arn, out var target) && int.TryParse(count, out var receives)
                ? new SqsRedrive(target.AccountId, target.Resource, receives)
                : null;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
