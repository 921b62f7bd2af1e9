using System.Runtime.InteropServices;

namespace Archiver.Processor.Supervision;

/// <summary>Standard error, as the system call poll(2) sees it.</summary>
internal static partial class StandardError
{
    private const int Descriptor = 2;
    private const short ErrorHangUpOrInvalid = 0x08 | 0x10 | 0x20;

    /// <summary>Whether the pipe's reading end is still open. True of files and terminals, and whenever the system cannot say.</summary>
    public static bool HasReader()
    {
        // No events are asked for: the three that say that the other end is gone are always told.
        var polled = new PollDescriptor { Descriptor = Descriptor };
        return Poll(ref polled, 1, 0) <= 0 || (polled.Returned & ErrorHangUpOrInvalid) == 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeout);

    private struct PollDescriptor
    {
        public int Descriptor;
        public short Requested;
        public short Returned;
    }
}
