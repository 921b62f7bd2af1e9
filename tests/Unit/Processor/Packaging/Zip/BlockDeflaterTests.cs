using System.IO.Compression;
using Archiver.Processor.Packaging.Zip;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Packaging.Zip;

public sealed class BlockDeflaterTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(65_536)]
    [InlineData(BlockDeflater.BlockSize)]
    public void Noise_never_becomes_larger_than_its_bound(int length)
    {
        var target = new byte[BlockDeflater.LargestOutput(BlockDeflater.BlockSize)];

        Assert.InRange(
            BlockDeflater.Deflate(Some.Bytes(length), isLast: false, target), 0, BlockDeflater.LargestOf(length, BlockDeflater.BlockSize));
        Assert.InRange(
            BlockDeflater.Deflate(Some.Bytes(length), isLast: true, target), 0, BlockDeflater.LargestOf(length, BlockDeflater.BlockSize));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(BlockDeflater.BlockSize)]
    [InlineData(BlockDeflater.BlockSize + 1)]
    [InlineData((BlockDeflater.BlockSize * 2) + 345_678)]
    public void Blocks_one_after_another_are_one_deflate_stream(int length)
    {
        var content = Some.Bytes(length);
        content.AsSpan(0, length / 2).Clear();
        var target = new byte[BlockDeflater.LargestOutput(BlockDeflater.BlockSize)];
        var stream = new MemoryStream();
        for (var offset = 0; offset < length; offset += BlockDeflater.BlockSize)
        {
            var block = content.AsSpan(offset, Math.Min(BlockDeflater.BlockSize, length - offset));
            stream.Write(target, 0, BlockDeflater.Deflate(block, offset + block.Length == length, target));
        }

        stream.Position = 0;
        using var inflate = new DeflateStream(stream, CompressionMode.Decompress);
        var read = new MemoryStream();
        inflate.CopyTo(read);

        Assert.Equal(content, read.ToArray());
        Assert.InRange(stream.Length, 1, BlockDeflater.LargestOf(length, BlockDeflater.BlockSize));
    }
}
