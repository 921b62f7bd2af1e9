using Archiver.Queues;

namespace Archiver.Tests.Queues;

/// <summary>Where the contract tests get their queues from, and how time passes there.</summary>
public abstract class QueueLab : IAsyncDisposable
{
    private readonly List<IMessageQueue> _opened = [];

    /// <summary>Creates an empty queue with a unique name, and its dead-letter queue.</summary>
    public async Task<IMessageQueue> CreateAsync(bool fifo, TimeSpan? visibility = null, int maxReceives = 5) =>
        Keep(await CreateCoreAsync(fifo, visibility ?? TimeSpan.FromSeconds(30), maxReceives));

    /// <summary>Opens an existing queue by its location.</summary>
    public IMessageQueue Open(string location) => Keep(OpenCore(location));

    /// <summary>Lets that much time pass for the queues: moves a fake clock, or waits for a real server.</summary>
    public abstract Task PassTimeAsync(TimeSpan time);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var queue in _opened)
            await queue.DisposeAsync();
    }

    protected abstract Task<IMessageQueue> CreateCoreAsync(bool fifo, TimeSpan visibility, int maxReceives);

    protected abstract IMessageQueue OpenCore(string location);

    private IMessageQueue Keep(IMessageQueue queue)
    {
        _opened.Add(queue);
        return queue;
    }
}
