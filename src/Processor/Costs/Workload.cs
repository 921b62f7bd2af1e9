using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;

namespace Archiver.Processor.Costs;

/// <summary>What there is to do for an archive whose parts are planned.</summary>
/// <param name="Parts">How many parts it has.</param>
/// <param name="CarriedBytes">Bytes that the processor sends.</param>
/// <param name="CopiedBytes">Bytes that S3 copies.</param>
/// <param name="ReadBytes">Bytes that the processor reads from S3; parts that are larger than its buffers it reads twice.</param>
/// <param name="Copies">Parts that S3 copies.</param>
/// <param name="SmallestCopy">Bytes of the smallest of these, which is tried before all else.</param>
/// <param name="LargestCopy">Bytes of the largest.</param>
/// <param name="Reads">Requests that read content from S3.</param>
/// <param name="BufferBytes">Memory for bytes under way.</param>
public sealed record Workload(
    int Parts, long CarriedBytes, long CopiedBytes, long ReadBytes, int Copies, long SmallestCopy, long LargestCopy, long Reads, long BufferBytes)
{
    /// <summary>Counts it for an archive of compressed entries, at the most: every block of content is read by itself.</summary>
    internal static Workload OfCompressed(ArchivePlan plan, CompressionBuffers buffers)
    {
        var remote = plan.Entries.Where(IsRemote).Select(static entry => entry.Size).ToList();
        return new Workload(
            buffers.MostParts, buffers.MostBytes, 0, remote.Sum(), 0, 0, 0, remote.Sum(size => PartPlan.DivideUp(size, buffers.BlockSize)), buffers.Bytes);
    }

    /// <summary>Counts it.</summary>
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
        return new Workload(parts.Count, carriedBytes, copiedBytes, readBytes, copies, copies == 0 ? 0 : smallest, largest, reads, buffers.Bytes);
    }

    private static bool IsRemote(PlannedEntry entry) => entry.Content.Source is { Address.Scheme.IsRemote: true };
}
