namespace Archiver.Processor.Reporting;

/// <summary>Tells now and then how far something has come, for as long as it is not disposed.</summary>
internal sealed class ProgressReporter : IAsyncDisposable
{
    private readonly Action _tell;
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    /// <param name="tell">Tells it.</param>
    /// <param name="interval">The time between.</param>
    /// <param name="time">The clock.</param>
    public ProgressReporter(Action tell, TimeSpan interval, TimeProvider time)
    {
        _tell = tell;
        _timer = new PeriodicTimer(interval, time);
        _loop = TellRepeatedlyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // Not by a token: the exception of a cancelled wait takes a native program longer than a small archive does.
        _timer.Dispose();
        await _loop.ConfigureAwait(false);
    }

    private async Task TellRepeatedlyAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
            _tell();
    }
}
