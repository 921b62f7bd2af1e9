namespace Archiver.Poller.Leases;

/// <summary>The right to work on a message, as long as it stays hidden from others.</summary>
internal sealed class Lease(string receiptHandle) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();

    public string ReceiptHandle { get; } = receiptHandle;

    /// <summary>Fires when the message is no longer ours: from then on, leave it alone.</summary>
    public CancellationToken Lost => _lost.Token;

    public void Lose() => _lost.Cancel();

    public void Dispose() => _lost.Dispose();
}
