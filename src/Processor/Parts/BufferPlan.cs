namespace Archiver.Processor.Parts;

/// <summary>The buffers that an archive's parts are carried in.</summary>
/// <param name="Size">Bytes of each; parts that are larger are streamed.</param>
/// <param name="Count">How many there are at most.</param>
public sealed record BufferPlan(int Size, int Count)
{
    /// <summary>The memory that they take.</summary>
    public long Bytes => (long)Size * Count;

    /// <summary>Divides a memory budget: as many parts as can wait for one entry, and one more, always get a buffer.</summary>
    /// <param name="layout">The archive's layout.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="memoryBudget">Bytes of buffers.</param>
    /// <param name="parallelism">How many reads are under way at once.</param>
    /// <param name="smallest">Bytes below which no buffer is made, however small the budget.</param>
    public static BufferPlan For(
        IArchiveLayout layout, IReadOnlyList<Part> parts, long memoryBudget, int parallelism, int smallest = 1 << 16)
    {
        var fewest = PartPlan.MostPartsOfOneHeader(layout, parts) + 1;
        var carried = parts.Where(static part => !part.IsCopied).Select(static part => part.Length).DefaultIfEmpty(1).Max();
        // Parts that are too large for so few buffers are streamed.
        var size = (int)Math.Min(carried, Math.Max(memoryBudget / fewest, smallest));
        // As many parts may be stored as are read; more buffers than that would only wait, out of the processor's caches.
        var useful = Math.Max(fewest, Math.Min(parts.Count, 2 * parallelism));
        return new BufferPlan(size, (int)Math.Clamp(memoryBudget / size, fewest, useful));
    }
}
