using Amazon.SQS.Model;

namespace Archiver.Queues.Sqs;

/// <summary>
/// Long polls whose caller has gone. SQS may already be handing out a message to such a poll, and hanging up would hide that message for
/// its whole visibility timeout. So the poll continues, and any message it still returns is made visible again.
/// </summary>
internal sealed class InterruptedPolls(Func<List<Message>, Task> release, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>How long a cancelled call waits for the poll to end; after that the poll continues in the background.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<Task> _open = [];

    /// <summary>Runs a poll with a token that is cancelled only when the queue is disposed of.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled; no message that the poll takes is lost.</exception>
    public async Task<ReceiveMessageResponse> RunAsync(
        Func<CancellationToken, Task<ReceiveMessageResponse>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var poll = call(_closing.Token);
        try
        {
            return await poll.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var rest = FinishAsync(poll);
            lock (_open)
                _open.Add(rest);
            _ = rest.ContinueWith(Forget, TaskScheduler.Default);
            await Task.WhenAny(rest, Task.Delay(Grace, clock, _closing.Token)).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Cancels the polls that are still open, and gives them a moment to end.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        Task[] open;
        lock (_open)
            open = [.. _open];
        await Task.WhenAny(Task.WhenAll(open), Task.Delay(Grace, clock)).ConfigureAwait(false);
    }

    private async Task FinishAsync(Task<ReceiveMessageResponse> poll)
    {
        try
        {
            if ((await poll.ConfigureAwait(false)).Messages is { Count: > 0 } messages)
                await release(messages).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Nobody is waiting for this poll; whatever it took becomes visible again after its visibility timeout.
        }
    }

    private void Forget(Task finished)
    {
        lock (_open)
            _open.Remove(finished);
    }
}
