using System.IO.Compression;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>
/// Deflates the blocks of an entry's content independently, so that many cores can work on it. Every block but the last ends with a sync
/// flush, which ends on a byte boundary (RFC 1951 section 3.2.4: an empty stored block), so the blocks together are one deflate stream.
/// </summary>
public static class BlockDeflater
{
    /// <summary>Bytes of content in a block. At this size, independent blocks cost less than 1 % in compression.</summary>
    public const int BlockSize = 1 << 20;

    /// <summary>
    /// The largest compressed size of a block: deflate adds to incompressible data (RFC 1951: 5 bytes for each stored block), and so does
    /// the flush.
    /// </summary>
    public static int LargestOutput(int blockSize) => (int)LargestOf(blockSize, blockSize);

    /// <summary>The largest compressed size of content of a given size.</summary>
    public static long LargestOf(long size, int blockSize) => size + (size >> 10) + (256 * ((size / blockSize) + 1));

    /// <summary>Compresses a block.</summary>
    /// <param name="block">Its content.</param>
    /// <param name="isLast">Whether it ends the entry.</param>
    /// <param name="target">Room for at least <see cref="LargestOutput"/> bytes.</param>
    /// <returns>The compressed size.</returns>
    public static int Deflate(ReadOnlySpan<byte> block, bool isLast, byte[] target)
    {
        using var output = new MemoryStream(target);
        int flushed;
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(block);
            deflate.Flush();
            flushed = (int)output.Position;
        }
        // Disposing writes the end of the stream, which belongs after the last block only.
        return isLast ? (int)output.Position : flushed;
    }
}
