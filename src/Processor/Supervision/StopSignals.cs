using System.Runtime.InteropServices;
using SignalExit = Archiver.Contract.Boundary.ExitCode;

namespace Archiver.Processor.Supervision;

/// <summary>SIGTERM, SIGINT and SIGHUP (a terminal that closes) ask for an orderly end; who asks once more some time later ends the process at once.</summary>
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

    /// <summary>Fires at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit code that the first signal asks for; null when none came.</summary>
    public int? ExitCode { get; private set; }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    /// <summary>As SIGTERM; a second time it changes nothing.</summary>
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
            Console.Error.WriteLine("Stopped at once; what was begun is left behind.");
            Environment.Exit(ExitCode.Value);
        }
        _source.Cancel();
    }
}
