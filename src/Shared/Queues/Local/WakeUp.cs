namespace Archiver.Queues.Local;

/// <summary>Wakes the long polls of this process as soon as a message may have become visible.</summary>
internal sealed class WakeUp
{
    private TaskCompletionSource _next = Create();

    /// <summary>
    /// Completes at the next call of <see cref="Set"/>. Get it before looking into the queue, or a message may be missed.
    /// </summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set() => Interlocked.Exchange(ref _next, Create()).TrySetResult();

    private static TaskCompletionSource Create() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
