using Archiver.EndToEnd.Support;
using Archiver.Queues;
using Archiver.Queues.Sqs;
using Archiver.Tests.Queues;

namespace Archiver.EndToEnd.Queues;

/// <summary>Queues on a real server, where time cannot be hurried. The fixture removes them.</summary>
internal sealed class SqsLab(SqsFixture sqs) : QueueLab
{
    public override Task PassTimeAsync(TimeSpan time) => Task.Delay(time);

    protected override async Task<IMessageQueue> CreateCoreAsync(bool fifo, TimeSpan visibility, int maxReceives)
    {
        var queue = await sqs.CreateQueueAsync(new QueueOptions { Fifo = fifo, VisibilityTimeout = visibility, MaxReceiveCount = maxReceives });
        return OpenCore(queue.Url);
    }

    protected override IMessageQueue OpenCore(string location) => new SqsMessageQueue(location, SqsSettings.Read());
}
