using Archiver.Contract.Boundary;
using Archiver.Programs.Boundary;

namespace Archiver.Processor.Supervision;

/// <summary>
/// Ends the job of a supervised processor whose supervisor is gone: one that was killed could not stop its children. A closed pipe shows
/// that even through wrapper scripts and across process namespaces, where parent process IDs do not.
/// </summary>
internal sealed class OrphanWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromSeconds(5);

    private readonly Func<bool> _isSupervised;
    private readonly Action _stop;
    private readonly Action _end;
    private readonly ITimer _timer;
    private int _ticks;
    private bool _isOrphan;

    /// <param name="isSupervised">Whether the supervisor is still there.</param>
    /// <param name="stop">Asks the job to stop; called once.</param>
    /// <param name="end">Ends the process if the job does not stop in time.</param>
    /// <param name="time">The clock.</param>
    public OrphanWatch(Func<bool> isSupervised, Action stop, Action end, TimeProvider time)
    {
        (_isSupervised, _stop, _end) = (isSupervised, stop, end);
        _timer = time.CreateTimer(_ => Tick(), null, Interval, Interval);
    }

    /// <summary>Starts watching if the environment says that there is a supervisor.</summary>
    public static OrphanWatch? Begin(StopSignals signals) => ProcessorEnvironment.IsSupervised
        ? new OrphanWatch(StandardError.HasReader, signals.Terminate, static () => HardExit.With(ExitCode.Terminated), TimeProvider.System)
        : null;

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        if (!_isOrphan && !_isSupervised())
        {
            _isOrphan = true;
            _stop();
        }
        else if (_isOrphan && ++_ticks * Interval >= CleanUpTime)
        {
            _end();
        }
    }
}
