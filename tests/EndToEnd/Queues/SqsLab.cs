using System.Globalization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Archiver.Queues;
using Archiver.Queues.Sqs;
using Archiver.Tests.Queues;

namespace Archiver.EndToEnd.Queues;

/// <summary>Queues on a real server, where time cannot be hurried.</summary>
internal sealed class SqsLab : QueueLab
{
    private readonly AmazonSQSClient _client = SqsEndpoint.Client();
    private readonly List<string> _urls = [];

    public AmazonSQSClient Client => _client;

    public override Task PassTimeAsync(TimeSpan time) => Task.Delay(time);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var url in _urls)
            await _client.DeleteQueueAsync(url);
        _client.Dispose();
    }

    public async Task<string> CreateUrlAsync(string name, params (string Name, string Value)[] attributes)
    {
        var all = attributes.ToDictionary(a => a.Name, a => a.Value);
        if (name.EndsWith(".fifo", StringComparison.Ordinal))
            all["FifoQueue"] = "true";
        var answer = await _client.CreateQueueAsync(new CreateQueueRequest { QueueName = name, Attributes = all });
        _urls.Add(answer.QueueUrl);
        return answer.QueueUrl;
    }

    protected override async Task<IMessageQueue> CreateAsync(string name, TimeSpan visibility, int maxReceives)
    {
        var dead = await CreateUrlAsync("dead-" + name);
        var arn = (await _client.GetQueueAttributesAsync(dead, ["QueueArn"])).Attributes["QueueArn"];
        var url = await CreateUrlAsync(
            name,
            ("VisibilityTimeout", ((int)visibility.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ("RedrivePolicy", $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":"{{maxReceives}}"}"""));
        return new SqsMessageQueue(url, SqsEndpoint.Settings);
    }

    protected override IMessageQueue OpenCore(string location) => new SqsMessageQueue(location, SqsEndpoint.Settings);
}
