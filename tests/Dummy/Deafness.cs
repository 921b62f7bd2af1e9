using System.Runtime.InteropServices;

namespace Archiver.Dummy;

/// <summary>Does not hear SIGTERM.</summary>
internal sealed class Deafness : IDisposable
{
    private readonly PosixSignalRegistration _registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, static context => context.Cancel = true);

    public void Dispose() => _registration.Dispose();
}
