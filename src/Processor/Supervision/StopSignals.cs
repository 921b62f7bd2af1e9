using System.Runtime.InteropServices;
using SignalExit = Archiver.Contract.Boundary.ExitCode;

namespace Archiver.Processor.Supervision;

/// <summary>
/// SIGTERM, SIGINT and SIGHUP (a closing terminal) ask for an orderly stop. A second signal some time later ends the process immediately.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly StopRequests _requests = new(TimeProvider.System);
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() =>
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, SignalExit.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, SignalExit.Interrupted)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => OnSignal(context, SignalExit.Terminated)),
        ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit code for the first signal; null if there was none.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    /// <summary>Does what SIGTERM does; further calls have no effect.</summary>
    public void Terminate()
    {
        ExitCode ??= SignalExit.Terminated;
        _source.Cancel();
    }

    private void OnSignal(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        ExitCode ??= exitCode;
        if (_requests.IsInsistent())
        {
            Console.Error.WriteLine("Stopped immediately, without cleaning up.");
            Environment.Exit(ExitCode.Value);
        }
        _source.Cancel();
    }
}
