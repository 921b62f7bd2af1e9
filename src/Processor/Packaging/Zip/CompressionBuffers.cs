using Archiver.Processor.Parts;
using Archiver.Processor.Planning;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>The buffers that an archive of compressed entries is made in.</summary>
/// <param name="MostBytes">The most bytes that the archive may become.</param>
/// <param name="PartSize">Bytes of every part but the last.</param>
/// <param name="Parts">How many parts stand in memory at most.</param>
/// <param name="Window">How many blocks are under way at most.</param>
/// <param name="BlockSize">Bytes of a block's content.</param>
internal sealed record CompressionBuffers(long MostBytes, int PartSize, int Parts, int Window, int BlockSize)
{
    // As measured: what zlib and its streams keep for a block, and what they leave to the garbage collector.
    private const int StateBytes = 400_000;
    private const int Garbage = 4 << 20;

    /// <summary>How many parts the archive has at most.</summary>
    public int MostParts => (int)PartPlan.DivideUp(MostBytes, PartSize);

    /// <summary>The memory that they take; a part that is the only one stands there twice.</summary>
    public long Bytes => Garbage + (Window * (BytesPerBlock(BlockSize) + StateBytes)) + (MostParts == 1 ? 2 * MostBytes : (long)Math.Min(Parts, MostParts) * PartSize);

    /// <summary>Divides a memory budget.</summary>
    public static CompressionBuffers For(ArchivePlan plan, PartLimits limits, long memoryBudget, int blockSize = BlockDeflater.BlockSize)
    {
        // What the archive may become at the most decides, because part sizes are fixed before the first is stored.
        var most = (1 << 10) + new ZipEntries(plan).Sum(entry => BlockDeflater.LargestOf(entry.Size, blockSize)
            + LocalHeader.SizeOf(entry, long.MaxValue) + CentralHeader.SizeOf(entry, long.MaxValue, long.MaxValue));
        var size = Math.Max(Math.Min(limits.Preferred, limits.Most), PartPlan.DivideUp(most, limits.MostParts));
        // Three parts must stand in memory, because a part is complete only when its headers are.
        var largest = Math.Min(limits.Most, Math.Max(memoryBudget / 3, limits.Preferred));
        if (size > largest)
            throw PartLimits.TooLarge(most, limits with { Most = largest });
        // Keeps every core busy while results wait for their turn, but never takes more than a quarter of the budget.
        var window = (int)Math.Clamp(memoryBudget / 4 / BytesPerBlock(blockSize), 2, Environment.ProcessorCount * 2);
        return new CompressionBuffers(most, (int)size, (int)Math.Max(3, (memoryBudget - (window * BytesPerBlock(blockSize))) / size), window, blockSize);
    }

    private static long BytesPerBlock(int blockSize) => blockSize + BlockDeflater.LargestOutput(blockSize);
}
