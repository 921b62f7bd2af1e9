using Archiver.Contract.Logging;
using Archiver.Processor.Transfer;
using Serilog;

namespace Archiver.Processor.Reporting;

/// <summary>Tells now and then how far an archive has come: a line in the log that supervisors understand, or a bar on a terminal.</summary>
internal sealed class ProgressReporter : IAsyncDisposable
{
    private static readonly TimeSpan LogInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);

    private readonly TransferProgress _progress;
    private readonly ILogger _log;
    private readonly ProgressBar? _bar;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public ProgressReporter(TransferProgress progress, ILogger log, ProgressBar? bar, TimeProvider time)
    {
        (_progress, _log, _bar) = (progress, log, bar);
        Tell();
        _loop = TellRepeatedlyAsync(time);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        Tell();
        _bar?.End();
        _stop.Dispose();
    }

    private async Task TellRepeatedlyAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(_bar is null ? LogInterval : BarInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
                Tell();
        }
        catch (OperationCanceledException)
        {
            // The end of the work.
        }
    }

    private void Tell()
    {
        if (_bar is not null)
            _bar.Show(_progress);
        else
            _log.Information(
                $"Archived {{{LogProperty.BytesDone}}} of {{{LogProperty.BytesTotal}}} bytes, {{{LogProperty.EntriesDone}}} of {{{LogProperty.EntriesTotal}}} files",
                _progress.BytesDone, _progress.BytesTotal, _progress.EntriesDone, _progress.EntriesTotal);
    }
}
