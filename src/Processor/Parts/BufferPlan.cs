namespace Archiver.Processor.Parts;

/// <summary>The buffers for the parts of an archive that are carried.</summary>
/// <param name="Size">Bytes of each; larger parts are streamed.</param>
/// <param name="Count">The most buffers.</param>
public sealed record BufferPlan(int Size, int Count)
{
    /// <summary>The memory that they take.</summary>
    public long Bytes => (long)Size * Count;

    /// <summary>Divides a memory budget so that all parts that may wait for the same entry, and one more, always get a buffer.</summary>
    /// <param name="layout">The archive's layout.</param>
    /// <param name="parts">Its parts.</param>
    /// <param name="memoryBudget">Bytes of buffers.</param>
    /// <param name="parallelism">The number of concurrent reads.</param>
    /// <param name="smallest">The fewest bytes of a buffer, however small the budget.</param>
    public static BufferPlan For(
        IArchiveLayout layout, IReadOnlyList<Part> parts, long memoryBudget, int parallelism, int smallest = 1 << 16)
    {
        var fewest = PartPlan.MostPartsOfOneHeader(layout, parts) + 1;
        var carried = parts.Where(static part => !part.IsCopied).Select(static part => part.Length).DefaultIfEmpty(1).Max();
        // Parts too large for so few buffers are streamed.
        var size = (int)Math.Min(carried, Math.Max(memoryBudget / fewest, smallest));
        // As many parts may be being stored as are being read. More buffers would only wait, and fall out of the CPU's caches.
        var useful = Math.Max(fewest, Math.Min(parts.Count, 2 * parallelism));
        return new BufferPlan(size, (int)Math.Clamp(memoryBudget / size, fewest, useful));
    }
}
