namespace Archiver.Queues.Sqlite;

internal enum ShrinkStep
{
    None,

    /// <summary>Returns some pages to the disk in a short transaction.</summary>
    Some,

    /// <summary>Rewrites the whole file, which was created without support for returning pages.</summary>
    Whole,
}

/// <summary>When a queue file returns the space of deleted messages to the disk. In pages of 4 KiB.</summary>
internal static class Shrinking
{
    /// <summary>4 MiB.</summary>
    public const int PagesAtOnce = 1024;

    // Kept for the next messages.
    private const long Reserve = 256;

    // Nobody else can write during a rewrite: only worth it to free a lot of space when there is little left to copy.
    private const long WorthIt = 4096;
    private const long MostKept = 16384;

    public static ShrinkStep Next(long pages, long free, bool incremental)
    {
        if (incremental)
            return free > Reserve ? ShrinkStep.Some : ShrinkStep.None;
        return free >= WorthIt && pages - free <= Math.Min(MostKept, free) ? ShrinkStep.Whole : ShrinkStep.None;
    }
}
