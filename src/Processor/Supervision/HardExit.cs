using System.Runtime.InteropServices;

namespace Archiver.Processor.Supervision;

/// <summary>Ends the process immediately: no handler, finalizer or held lock can delay it.</summary>
internal static partial class HardExit
{
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void With(int exitCode);
}
