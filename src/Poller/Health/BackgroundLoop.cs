using Archiver.Poller.Retries;
using Serilog;

namespace Archiver.Poller.Health;

/// <summary>
/// Work that goes on beside the messages for as long as the poller lives. When it fails, or ends though nobody asked it to, it is logged,
/// counted and restarted after a pause that grows with each failure in a row.
/// </summary>
internal sealed class BackgroundLoop : IAsyncDisposable
{
    private const int FailuresInARow = 3;

    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));

    // One that has run for so long has recovered.
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(1);

    // Of a stop, for one that does not hear it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly Func<CancellationToken, Task> _run;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _kept;
    private bool _isRunning;
    private long _begun;
    private int _failures;
    private string _reason = "";
    private long _restarts;

    /// <param name="name">Of what it does, for logs: <c>lease renewer</c>.</param>
    /// <param name="run">Runs until it is cancelled.</param>
    public BackgroundLoop(string name, Func<CancellationToken, Task> run, TimeProvider time, ILogger log)
    {
        (Name, _run, _time, _log) = (name, run, time, log);
        _kept = KeepAsync();
    }

    public string Name { get; }

    /// <summary>How often it was restarted.</summary>
    public long Restarts => Interlocked.Read(ref _restarts);

    /// <summary>Why it cannot be kept running; null when it runs, or failed only now and then.</summary>
    public string? Failing
    {
        get
        {
            lock (_lock)
                return _failures >= FailuresInARow && !(_isRunning && HasRecovered) ? _reason : null;
        }
    }

    private bool HasRecovered => _time.GetElapsedTime(_begun) >= Recovery;

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _kept.WaitAsync(Patience, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task KeepAsync()
    {
        var stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            Begin();
            Exception error;
            try
            {
                await _run(stop).ConfigureAwait(false);
                error = new InvalidOperationException("it ended by itself");
            }
            catch (Exception thrown)
            {
                error = thrown;
            }
            if (stop.IsCancellationRequested)
                return;
            var pause = Fail(error);
            _log.Error(error, "The {Loop} failed and restarts in {Pause}", Name, pause);
            await Task.Delay(pause, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Begin()
    {
        lock (_lock)
            (_isRunning, _begun) = (true, _time.GetTimestamp());
    }

    private TimeSpan Fail(Exception error)
    {
        Interlocked.Increment(ref _restarts);
        lock (_lock)
        {
            _failures = HasRecovered ? 1 : _failures + 1;
            (_isRunning, _reason) = (false, error.Message.ReplaceLineEndings(" "));
            return Pauses.After(_failures);
        }
    }
}
