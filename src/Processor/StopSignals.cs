using System.Runtime.InteropServices;
using SignalExit = Archiver.Contract.Boundary.ExitCode;

namespace Archiver.Processor;

/// <summary>SIGTERM and SIGINT ask for an orderly end; the second of them ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() =>
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, SignalExit.Terminated)),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, SignalExit.Interrupted)),
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
        if (ExitCode is not null)
            Environment.Exit(ExitCode.Value);
        ExitCode = exitCode;
        _source.Cancel();
    }
}
