using System.IO.Compression;
using Archiver.Contract.Settings;
using Archiver.Processor.Zip;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Zip;

public sealed class CompressionTests
{
    [Theory]
    [InlineData("a.jpg", null, false)]
    [InlineData("a.JPG", null, false)]
    [InlineData("a.mp4", "text/plain", false)]
    [InlineData("a.docx", null, false)]
    [InlineData("a.txt", null, true)]
    [InlineData("a.txt", "image/jpeg", true)]
    [InlineData("a.csv", null, true)]
    [InlineData("a", null, true)]
    [InlineData("a.unknown", "image/jpeg", false)]
    [InlineData("a.unknown", "Image/JPEG", false)]
    [InlineData("a.unknown", "video/quicktime", false)]
    [InlineData("a.unknown", "text/plain", true)]
    [InlineData("a.unknown", "binary/octet-stream", true)]
    [InlineData("folder.jpg/a", null, true)]
    public void Auto_decides_by_extension_and_then_by_content_type(string name, string? contentType, bool compressed) =>
        Assert.Equal(compressed, CompressionPolicy.IsCompressed(Compression.Auto, name, 100, contentType));

    [Theory]
    [InlineData(Compression.Store, 100, false)]
    [InlineData(Compression.Deflate, 100, true)]
    [InlineData(Compression.Store, 0, false)]
    [InlineData(Compression.Deflate, 0, false)]
    [InlineData(Compression.Auto, 0, false)]
    public void The_other_settings_ask_nobody_and_empty_entries_are_stored(Compression compression, long size, bool compressed) =>
        Assert.Equal(compressed, CompressionPolicy.IsCompressed(compression, "a.txt", size, null));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(65_536)]
    [InlineData(BlockDeflater.BlockSize)]
    public void Noise_never_becomes_larger_than_its_bound(int length)
    {
        var target = new byte[BlockDeflater.LargestOutput(BlockDeflater.BlockSize)];

        Assert.InRange(BlockDeflater.Deflate(Some.Bytes(length), isLast: false, target), 0, BlockDeflater.LargestOf(length, BlockDeflater.BlockSize));
        Assert.InRange(BlockDeflater.Deflate(Some.Bytes(length), isLast: true, target), 0, BlockDeflater.LargestOf(length, BlockDeflater.BlockSize));
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
