namespace Archiver.Queues.Sqlite;

internal enum ShrinkStep
{
    None,

    /// <summary>Gives some pages back to the disk, in a transaction that is over soon.</summary>
    Some,

    /// <summary>Writes the whole file anew; for those that were created without the room for the other way.</summary>
    Whole,
}

/// <summary>When a queue file gives back the room of deleted messages. In pages of 4 KiB.</summary>
internal static class Shrinking
{
    /// <summary>4 MiB.</summary>
    public const int PagesAtOnce = 1024;

    // What the next messages need anyway.
    private const long Reserve = 256;

    // While the file is written anew nobody else can write: worth it for much room, and when there is little left to write.
    private const long WorthIt = 4096;
    private const long MostKept = 16384;

    public static ShrinkStep Next(long pages, long free, bool incremental)
    {
        if (incremental)
            return free > Reserve ? ShrinkStep.Some : ShrinkStep.None;
        return free >= WorthIt && pages - free <= Math.Min(MostKept, free) ? ShrinkStep.Whole : ShrinkStep.None;
    }
}
