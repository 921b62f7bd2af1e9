using System.Globalization;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Archiver.EndToEnd.Support;

/// <summary>Makes queues, and removes them after the last test of the class. Use it as a class fixture.</summary>
public sealed class SqsFixture : IAsyncDisposable
{
    private readonly List<string> _urls = [];

    public AmazonSQSClient Client { get; } = ClientFor(Endpoints.SqsUrl);

    /// <summary>A client that differs only in where it sends: to a <see cref="FaultProxy"/>, say.</summary>
    public static AmazonSQSClient ClientFor(Uri url, int retries = 4)
    {
        var config = new AmazonSQSConfig { ServiceURL = url.ToString(), AuthenticationRegion = Endpoints.Region, MaxErrorRetry = retries };
        return Endpoints.Credentials is { } credentials ? new AmazonSQSClient(credentials, config) : new AmazonSQSClient(config);
    }

    /// <summary>A proxy in front of SQS that fails when told to.</summary>
    public static Task<FaultProxy> StartProxyAsync(int seed = 1) => FaultProxy.StartAsync(Endpoints.SqsUrl, seed);

    public async Task<QueueUnderTest> CreateQueueAsync(QueueOptions? options = null)
    {
        options ??= new QueueOptions();
        var attributes = new Dictionary<string, string>
        {
            [QueueAttributeName.VisibilityTimeout] = ((int)options.VisibilityTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture),
        };
        if (options.LargestMessage is { } largest)
            attributes[QueueAttributeName.MaximumMessageSize] = largest.ToString(CultureInfo.InvariantCulture);
        QueueUnderTest? deadLetters = null;
        if (options.MaxReceiveCount is { } limit)
        {
            deadLetters = await CreateQueueAsync(new QueueOptions { Fifo = options.Fifo, LargestMessage = options.LargestDeadLetter });
            attributes[QueueAttributeName.RedrivePolicy] = JsonSerializer.Serialize(
                new { deadLetterTargetArn = await ArnAsync(deadLetters.Url), maxReceiveCount = limit });
        }

        if (options.Fifo)
            attributes[QueueAttributeName.FifoQueue] = "true";
        var name = Unique.Name("archiver-test") + (options.Fifo ? ".fifo" : "");
        var response = await Client.CreateQueueAsync(new CreateQueueRequest { QueueName = name, Attributes = attributes });
        lock (_urls)
            _urls.Add(response.QueueUrl);
        return new QueueUnderTest(Client, response.QueueUrl, deadLetters);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var url in _urls)
            await Client.DeleteQueueAsync(url);
        Client.Dispose();
    }

    private async Task<string> ArnAsync(string url) =>
        (await Client.GetQueueAttributesAsync(url, [QueueAttributeName.QueueArn])).QueueARN;
}
