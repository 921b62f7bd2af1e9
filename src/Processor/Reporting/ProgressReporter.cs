namespace Archiver.Processor.Reporting;

/// <summary>Reports progress at intervals until it is disposed.</summary>
internal sealed class ProgressReporter : IAsyncDisposable
{
    private readonly Action _tell;
    private readonly PeriodicTimer _timer;
    private readonly Task _loop;

    public ProgressReporter(Action tell, TimeSpan interval, TimeProvider time)
    {
        _tell = tell;
        _timer = new PeriodicTimer(interval, time);
        _loop = TellRepeatedlyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // Not by cancelling a token: in a native program, the exception costs more time than a small archive.
        _timer.Dispose();
        await _loop.ConfigureAwait(false);
    }

    private async Task TellRepeatedlyAsync()
    {
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
            _tell();
    }
}
