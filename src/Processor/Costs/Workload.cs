using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;

namespace Archiver.Processor.Costs;

/// <summary>The work for an archive whose parts are planned.</summary>
/// <param name="Parts">The number of parts.</param>
/// <param name="CarriedBytes">Bytes that the processor sends.</param>
/// <param name="CopiedBytes">Bytes that S3 copies.</param>
/// <param name="ReadBytes">Bytes that the processor reads from S3; it reads parts that are larger than its buffers twice.</param>
/// <param name="Copies">The number of parts that S3 copies.</param>
/// <param name="SmallestCopy">Bytes of the smallest of these, which is tried before anything else.</param>
/// <param name="LargestCopy">Bytes of the largest.</param>
/// <param name="Reads">The number of requests that read content from S3.</param>
/// <param name="BufferBytes">Memory for bytes in transit.</param>
public sealed record Workload(
    int Parts,
    long CarriedBytes,
    long CopiedBytes,
    long ReadBytes,
    int Copies,
    long SmallestCopy,
    long LargestCopy,
    long Reads,
    long BufferBytes)
{
    /// <summary>Counts the most work that an archive of compressed entries can cause: every block of content is read separately.</summary>
    internal static Workload OfCompressed(ArchivePlan plan, CompressionBuffers buffers)
    {
        var remote = plan.Entries.Where(IsRemote).Select(static entry => entry.Size).ToList();
        var reads = remote.Sum(size => PartPlan.DivideUp(size, buffers.BlockSize));
        return new Workload(buffers.MostParts, buffers.MostBytes, 0, remote.Sum(), 0, 0, 0, reads, buffers.Bytes);
    }

    /// <summary>Counts the work for an archive of stored entries.</summary>
    public static Workload Of(ArchivePlan plan, IArchiveLayout layout, IReadOnlyList<Part> parts, BufferPlan buffers)
    {
        var (carriedBytes, copiedBytes, readBytes, reads) = (0L, 0L, 0L, 0L);
        var (copies, smallest, largest) = (0, long.MaxValue, 0L);
        foreach (var part in parts)
        {
            if (part.IsCopied)
            {
                copies++;
                copiedBytes += part.Length;
                (smallest, largest) = (Math.Min(smallest, part.Length), Math.Max(largest, part.Length));
                continue;
            }
            carriedBytes += part.Length;
            var isStreamed = part.Length > buffers.Size;
            foreach (var piece in layout.PiecesOf(part))
            {
                if (!piece.IsContent || !IsRemote(plan.Entries[piece.Entry]))
                    continue;
                readBytes += isStreamed ? 2 * piece.Length : piece.Length;
                reads += isStreamed ? 2 * PartPlan.DivideUp(piece.Length, buffers.Size) : 1;
            }
        }
        smallest = copies == 0 ? 0 : smallest;
        return new Workload(parts.Count, carriedBytes, copiedBytes, readBytes, copies, smallest, largest, reads, buffers.Bytes);
    }

    private static bool IsRemote(PlannedEntry entry) => entry.Content.Source is { Address.Scheme.IsRemote: true };
}
