using System.Runtime.InteropServices;

namespace Archiver.Processor.Supervision;

/// <summary>The state of standard error, from poll(2).</summary>
internal static partial class StandardError
{
    private const int Descriptor = 2;
    private const short ErrorHangUpOrInvalid = 0x08 | 0x10 | 0x20;

    /// <summary>Whether the read end of the pipe is still open. Also true for files and terminals, and if poll fails.</summary>
    public static bool HasReader()
    {
        // No events are requested, because poll always reports the three that mean that the other end is gone.
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
