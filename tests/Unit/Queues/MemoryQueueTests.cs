using Archiver.Queues;
using Archiver.Queues.Local;
using Archiver.Queues.Memory;

namespace Archiver.Tests.Queues;

public sealed class MemoryQueueTests() : LocalQueueContract(new MemoryLab(), fifo: false)
{
    [Fact]
    public async Task A_queue_made_alone_opens_its_dead_letter_queue()
    {
        await using var queue = new MemoryMessageQueue(options: new LocalQueueOptions { MaxReceiveCount = 1 });
        await queue.SendAsync(new OutgoingMessage("poison"), Token);
        await queue.ChangeVisibilityAsync((await ReceiveOneAsync(queue)).ReceiptHandle, TimeSpan.Zero, Token);
        Assert.Empty(await queue.ReceiveAsync(1, TimeSpan.Zero, Token));

        await using var dead = queue.OpenDeadLetters();

        Assert.Equal("poison", (await ReceiveOneAsync(dead!)).Body);
        Assert.Null(dead!.OpenDeadLetters());
    }
}

public sealed class MemoryFifoQueueTests() : LocalFifoQueueContract(new MemoryLab());

internal sealed class MemoryLab : LocalLab
{
    private readonly Dictionary<(TimeSpan, int), QueueFactory> _factories = [];
    private QueueFactory? _newest;

    protected override Task<IMessageQueue> CreateCoreAsync(bool fifo, TimeSpan visibility, int maxReceives)
    {
        _newest = Factory(visibility, maxReceives);
        return Task.FromResult(_newest.Open($"memory:{NewName(fifo)}"));
    }

    protected override IMessageQueue OpenCore(string location) => _newest!.Open(location);

    private QueueFactory Factory(TimeSpan visibility, int maxReceives)
    {
        if (!_factories.TryGetValue((visibility, maxReceives), out var factory))
        {
            var options = new LocalQueueOptions { VisibilityTimeout = visibility, MaxReceiveCount = maxReceives };
            _factories.Add((visibility, maxReceives), factory = new QueueFactory(options: options, clock: Clock));
        }

        return factory;
    }
}
