using System.Runtime.InteropServices;

namespace Archiver.Poller;

/// <summary>
/// The first SIGTERM, SIGINT, SIGQUIT or SIGHUP (a terminal that closes) stops receiving and lets the work under way finish; a second one
/// stops that as well.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _stopNow = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    public StopSignals() =>
        _registrations = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGHUP }.Select(signal =>
            PosixSignalRegistration.Create(signal, OnSignal))];

    /// <summary>Fires at the first signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Fires at the second signal.</summary>
    public CancellationToken StopNow => _stopNow.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
        _stopNow.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
            _stop.Cancel();
        else
            _stopNow.Cancel();
    }
}
