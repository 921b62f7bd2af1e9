using Archiver.Queues;

namespace Archiver.Tests.Queues;

/// <summary>FIFO queues on this machine meet both contracts, with a fake clock.</summary>
public abstract class LocalFifoQueueContract(LocalLab lab) : FifoQueueContract(lab)
{
    [Fact]
    public async Task A_deduplication_id_counts_for_five_minutes()
    {
        var queue = await Lab.CreateAsync(fifo: true);
        var message = new OutgoingMessage("again") { GroupId = "g", DeduplicationId = "d" };
        await queue.SendAsync(message, Token);
        await Lab.PassTimeAsync(TimeSpan.FromMinutes(5));

        await queue.SendAsync(message, Token);

        Assert.Equal(2, (await DrainAsync(queue)).Count);
    }

    [Fact]
    public async Task The_dead_letter_queue_of_a_fifo_queue_is_one_too()
    {
        var queue = await Lab.CreateAsync(fifo: true);

        var redrive = (await queue.GetPropertiesAsync(Token)).Redrive;

        Assert.EndsWith("-dead.fifo", redrive!.DeadLetterQueue, StringComparison.Ordinal);
    }
}
