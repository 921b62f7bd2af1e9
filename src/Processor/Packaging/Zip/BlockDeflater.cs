using System.IO.Compression;

namespace Archiver.Processor.Packaging.Zip;

/// <summary>
/// Deflates the blocks of one entry's content apart from each other, so that many cores can work on it. Every block but the last ends in a
/// sync flush, which ends on a byte (RFC 1951 section 3.2.4: an empty stored block), so that the blocks one after another are one deflate stream.
/// </summary>
public static class BlockDeflater
{
    /// <summary>Bytes of content in a block. Blocks know nothing of each other, which costs less than one part in a hundred at this size.</summary>
    public const int BlockSize = 1 << 20;

    /// <summary>The most bytes that a block may become: what deflate adds to noise (RFC 1951: 5 bytes for each stored block), and the flush.</summary>
    public static int LargestOutput(int blockSize) => (int)LargestOf(blockSize, blockSize);

    /// <summary>The most bytes that content of a size may become.</summary>
    public static long LargestOf(long size, int blockSize) => size + (size >> 10) + (256 * ((size / blockSize) + 1));

    /// <summary>Compresses a block.</summary>
    /// <param name="block">Its content.</param>
    /// <param name="isLast">Whether it ends the entry.</param>
    /// <param name="target">At least <see cref="LargestOutput"/> of it.</param>
    /// <returns>How many bytes it became.</returns>
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
        // Disposing ends the stream: that belongs behind the last block only.
        return isLast ? (int)output.Position : flushed;
    }
}
