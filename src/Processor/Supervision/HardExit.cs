using System.Runtime.InteropServices;

namespace Archiver.Processor.Supervision;

/// <summary>Ends the process at once: no handler, no finalizer, no lock that somebody holds can keep it.</summary>
internal static partial class HardExit
{
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void With(int exitCode);
}
