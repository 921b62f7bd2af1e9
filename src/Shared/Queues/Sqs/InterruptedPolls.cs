using Amazon.SQS.Model;

namespace Archiver.Queues.Sqs;

/// <summary>
/// Long polls whose caller went away. SQS may already be handing a message to such a poll; to hang up would hide that message for its
/// whole visibility timeout. So the poll goes on, and what it still brings is made visible again.
/// </summary>
internal sealed class InterruptedPolls(Func<List<Message>, Task> release, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>A caller who stops waits for so long for the poll to end; then it goes on behind its back.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<Task> _open = [];

    /// <summary>Waits for a poll. The call gets a token that is cancelled only when the queue is disposed of.</summary>
    /// <exception cref="OperationCanceledException">The caller's token is cancelled; nothing that the poll takes is lost.</exception>
    public async Task<ReceiveMessageResponse> RunAsync(Func<CancellationToken, Task<ReceiveMessageResponse>> call, CancellationToken cancellationToken)
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

    /// <summary>Hangs up on the polls that are still open, and waits a little for them to notice.</summary>
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
            // Nobody waits for this poll any more; what it may have taken comes back when its visibility timeout ends.
        }
    }

    private void Forget(Task finished)
    {
        lock (_open)
            _open.Remove(finished);
    }
}
