using Archiver.Processor.Parts;
using Archiver.Processor.Planning;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>The buffers for making an archive of compressed entries.</summary>
/// <param name="MostBytes">The largest possible size of the archive.</param>
/// <param name="PartSize">Bytes of every part but the last.</param>
/// <param name="Parts">The most parts in memory at once.</param>
/// <param name="Window">The most blocks in progress at once.</param>
/// <param name="BlockSize">Bytes of a block's content.</param>
internal sealed record CompressionBuffers(long MostBytes, int PartSize, int Parts, int Window, int BlockSize)
{
    // Measured: what zlib and its streams keep for a block, and what they leave to the garbage collector.
    private const int StateBytes = 400_000;
    private const int Garbage = 4 << 20;

    /// <summary>The most parts that the archive can have.</summary>
    public int MostParts => (int)PartPlan.DivideUp(MostBytes, PartSize);

    /// <summary>The memory that they take. A single part is in memory twice.</summary>
    public long Bytes => Garbage + (Window * (BytesPerBlock(BlockSize) + StateBytes))
        + (MostParts == 1 ? 2 * MostBytes : (long)Math.Min(Parts, MostParts) * PartSize);

    /// <summary>Divides a memory budget.</summary>
    public static CompressionBuffers For(ArchivePlan plan, PartLimits limits, long memoryBudget, int blockSize = BlockDeflater.BlockSize)
    {
        // The largest possible size decides, because part sizes are fixed before the first part is stored.
        var most = (1 << 10) + new ZipEntries(plan).Sum(entry => BlockDeflater.LargestOf(entry.Size, blockSize)
            + LocalHeader.SizeOf(entry, long.MaxValue) + CentralHeader.SizeOf(entry, long.MaxValue, long.MaxValue));
        var size = Math.Max(Math.Min(limits.Preferred, limits.Most), PartPlan.DivideUp(most, limits.MostParts));
        // Three parts must fit into memory, because a part is complete only when its headers are.
        var largest = Math.Min(limits.Most, Math.Max(memoryBudget / 3, limits.Preferred));
        if (size > largest)
            throw PartLimits.TooLarge(most, limits with { Most = largest });
        // Enough to keep every core busy while results wait for their turn, but no more than a quarter of the budget.
        var window = (int)Math.Clamp(memoryBudget / 4 / BytesPerBlock(blockSize), 2, Environment.ProcessorCount * 2);
        var parts = (int)Math.Max(3, (memoryBudget - (window * BytesPerBlock(blockSize))) / size);
        return new CompressionBuffers(most, (int)size, parts, window, blockSize);
    }

    private static long BytesPerBlock(int blockSize) => blockSize + BlockDeflater.LargestOutput(blockSize);
}
