using Archiver.Queues;

namespace Archiver.Poller.Settling;

/// <summary>Deletes messages, those that end within a moment in one call.</summary>
internal sealed class Deletions(IMessageQueue queue, TimeProvider time)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private Batch? _open;

    /// <summary>Deletes one message.</summary>
    /// <returns>Null when it is deleted.</returns>
    public async Task<HandleFailure?> DeleteAsync(string receiptHandle)
    {
        Task<IReadOnlyList<HandleFailure>> done;
        lock (_lock)
        {
            if (_open is null)
            {
                _open = new Batch();
                _open.Done = SendAsync(_open);
            }
            _open.ReceiptHandles.Add(receiptHandle);
            done = _open.Done;
        }
        return (await done.ConfigureAwait(false)).FirstOrDefault(failure => failure.ReceiptHandle == receiptHandle);
    }

    private async Task<IReadOnlyList<HandleFailure>> SendAsync(Batch batch)
    {
        await Task.Delay(Moment, time).ConfigureAwait(false);
        lock (_lock)
            _open = null;
        return await queue.DeleteAsync(batch.ReceiptHandles, CancellationToken.None).ConfigureAwait(false);
    }

    private sealed class Batch
    {
        public List<string> ReceiptHandles { get; } = [];

        public Task<IReadOnlyList<HandleFailure>> Done { get; set; } = null!;
    }
}
