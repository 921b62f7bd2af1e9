namespace Archiver.Processor.Reporting;

/// <summary>Tells now and then how far something has come, for as long as it is not disposed.</summary>
internal sealed class ProgressReporter : IAsyncDisposable
{
    private readonly Action _tell;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    /// <param name="tell">Tells it.</param>
    /// <param name="interval">The time between.</param>
    /// <param name="time">The clock.</param>
    public ProgressReporter(Action tell, TimeSpan interval, TimeProvider time)
    {
        _tell = tell;
        _loop = TellRepeatedlyAsync(interval, time);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task TellRepeatedlyAsync(TimeSpan interval, TimeProvider time)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
                _tell();
        }
        catch (OperationCanceledException)
        {
            // The end of the work.
        }
    }
}
