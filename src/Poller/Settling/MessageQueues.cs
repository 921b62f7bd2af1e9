using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Queues;

namespace Archiver.Poller.Settling;

/// <summary>The queues that an ended message concerns.</summary>
/// <param name="requests">Where it came from.</param>
/// <param name="completions">Where its completion goes; null: nowhere.</param>
/// <param name="deadLetter">Where it goes when it is rejected; null: nowhere, as long as none is set.</param>
internal sealed class MessageQueues(IMessageQueue requests, BoundedQueue? completions, BoundedQueue? deadLetter)
{
    private volatile BoundedQueue? _deadLetter = deadLetter;

    public IMessageQueue Requests => requests;

    public BoundedQueue? Completions => completions;

    public BoundedQueue? DeadLetter
    {
        get => _deadLetter;
        set => _deadLetter = value;
    }
}

/// <param name="Largest">The most bytes of a message, attributes included.</param>
internal sealed record BoundedQueue(IMessageQueue Queue, int Largest)
{
    /// <param name="queue">Is asked what it takes.</param>
    /// <param name="unknown">Stands in where it may be sent to, but not asked.</param>
    /// <exception cref="ArchiverException">It cannot be reached.</exception>
    public static async Task<BoundedQueue> AskAsync(IMessageQueue queue, int unknown, CancellationToken stop)
    {
        try
        {
            return new BoundedQueue(queue, (await queue.GetPropertiesAsync(stop).ConfigureAwait(false)).Limits.MessageBytes);
        }
        catch (ArchiverException error) when (error.ExitCode == ExitCode.NoPermission)
        {
            return new BoundedQueue(queue, unknown);
        }
    }
}
