using System.Collections.Concurrent;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Archiver.Queues.Sqs;

/// <summary>
/// Queue URLs. SQS says to look them up rather than construct them; each is looked up once.
/// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html
/// </summary>
internal sealed class SqsQueueUrls(IAmazonSQS client, SqsLocation location)
{
    private readonly ConcurrentDictionary<string, string> _known = new();

    public async ValueTask<string> OfQueueAsync(CancellationToken cancellationToken) =>
        location.Url is null ? await LookUpAsync(location.Name, null, cancellationToken).ConfigureAwait(false) : location.Text;

    /// <summary>
    /// A dead-letter queue is in the same region and account as its source. Its URL must use the same endpoint as here.
    /// </summary>
    public async Task<string> OfDeadLettersAsync(SqsRedrive redrive, CancellationToken cancellationToken)
    {
        // Servers that are not AWS have a single account, which is not always the one in their ARNs.
        var isAws = client.Config.ServiceURL is not { } endpoint || SqsLocation.IsAws(new Uri(endpoint));
        try
        {
            var url = await LookUpAsync(redrive.QueueName, isAws ? redrive.Account : null, cancellationToken).ConfigureAwait(false);
            var found = new Uri(url);
            return location.OwnEndpoint is { } own ? new Uri(own, found.AbsolutePath).AbsoluteUri : found.OriginalString;
        }
        catch (AmazonSQSException error)
        {
            throw SqsErrors.Explain(error, $"{redrive.QueueName} (the dead-letter queue of {location.Text})");
        }
    }

    private async Task<string> LookUpAsync(string name, string? account, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(name, out var url))
            return url;
        var request = new GetQueueUrlRequest { QueueName = name, QueueOwnerAWSAccountId = account };
        return _known[name] = (await client.GetQueueUrlAsync(request, cancellationToken).ConfigureAwait(false)).QueueUrl;
    }
}
