using Archiver.Poller.Settling;
using Archiver.Queues;
using Serilog;

namespace Archiver.Poller.Receiving;

/// <summary>The messages that are worked on, and those that this run gave back.</summary>
internal sealed class WorkUnderWay(ConcurrencySlots slots, MessageHandler handler, ReceiveGuard guard, ILogger log, CancellationToken stop)
{
    private readonly HashSet<Task> _tasks = [];
    private readonly HashSet<string> _givenBack = [];

    public int Count => slots.Taken;

    /// <summary>Completes when all that was started has ended.</summary>
    public Task Ended => Task.WhenAll(_tasks);

    /// <summary>How many messages were released and have not come back to a better end.</summary>
    public int GivenBack
    {
        get
        {
            lock (_givenBack)
                return _givenBack.Count;
        }
    }

    /// <summary>Waits until there is room for at least one more.</summary>
    /// <returns>For how many.</returns>
    public Task<int> WaitForRoomAsync(CancellationToken cancellationToken) => slots.WaitForFreeAsync(cancellationToken);

    /// <summary>Waits until one message more than now has ended.</summary>
    /// <returns>False, at once, when there is none.</returns>
    public async Task<bool> WaitForAnyAsync(CancellationToken cancellationToken)
    {
        var changed = slots.WaitForChangeAsync(cancellationToken);
        if (slots.Taken == 0)
            return false;
        await changed.ConfigureAwait(false);
        return true;
    }

    public Task Start(ReceivedMessage message)
    {
        slots.Take();
        _tasks.RemoveWhere(static task => task.IsCompleted);
        var handling = HandleAsync(message, guard.Period);
        _tasks.Add(handling);
        return handling;
    }

    private async Task HandleAsync(ReceivedMessage message, int period)
    {
        try
        {
            var end = await Task.Run(() => handler.HandleAsync(message, stop), CancellationToken.None).ConfigureAwait(false);
            guard.Record(new BreakerEvent.MessageEnded(message.MessageId, period, end));
            lock (_givenBack)
                _ = end.Kind == DispositionKind.Release ? _givenBack.Add(message.MessageId) : _givenBack.Remove(message.MessageId);
        }
        catch (Exception error)
        {
            // The message comes back when its visibility timeout ends; the others know nothing of it.
            log.Error(error, "Handling the message {MessageId} failed", message.MessageId);
        }
        finally
        {
            slots.Free();
        }
    }
}
