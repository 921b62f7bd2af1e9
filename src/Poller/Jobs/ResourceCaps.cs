using System.Globalization;
using System.Runtime.InteropServices;

namespace Archiver.Poller.Jobs;

/// <summary>Caps on what a processor takes of the machine, by means that need no privileges.</summary>
internal static partial class ResourceCaps
{
    // What a process of the .NET runtime reserves for stacks, code and the collector's tables beside what it uses.
    private const long Reserved = 128L << 20;

    // Of the memory that it may have, the share that the runtime gives the heap when a container sets the limit.
    public const double HeapShare = 0.75;

    private const int RlimitData = 2;
    private const int PrioProcess = 0;

    /// <summary>
    /// Limits the heap of a program on .NET. https://learn.microsoft.com/dotnet/core/runtime-config/garbage-collector#heap-limit
    /// </summary>
    public const string HeapLimitVariable = "DOTNET_GCHeapHardLimit";

    /// <summary>That variable's value; without a limit, the poller's own, if it has one.</summary>
    public static string? HeapLimit(ProcessorLimits limits) =>
        limits.Memory is { } memory
            ? ((long)(memory * HeapShare)).ToString("x", CultureInfo.InvariantCulture)
            : Environment.GetEnvironmentVariable(HeapLimitVariable);

    /// <summary>Starts a child that is as nice as it should be, from its first instruction on.</summary>
    /// <remarks>On Linux niceness belongs to threads, and a child inherits that of the thread that starts it.</remarks>
    public static T StartNicely<T>(int nice, Func<T> start)
    {
        if (nice == 0)
            return start();
        T? started = default;
        System.Runtime.ExceptionServices.ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            _ = SetPriority(PrioProcess, 0, nice);
            try
            {
                started = start();
            }
            catch (Exception error)
            {
                failure = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(error);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return started!;
    }

    /// <summary>
    /// Limits a child that has started: what it may write to of its address space, and whom the kernel kills first when memory is short.
    /// </summary>
    public static void Apply(int processId, ProcessorLimits limits)
    {
        if (limits.Memory is { } memory)
        {
            var limit = new ResourceLimit { Soft = (ulong)(memory + Reserved), Hard = (ulong)(memory + Reserved) };
            _ = SetLimit(processId, RlimitData, limit, 0);
        }
        try
        {
            // Never the poller on account of a child.
            File.WriteAllText($"/proc/{processId}/oom_score_adj", "500");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has exited already, or this is not Linux.
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "prlimit")]
    private static partial int SetLimit(int processId, int resource, in ResourceLimit limit, nint before);
}
