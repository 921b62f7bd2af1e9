using System.IO.Hashing;
using System.Threading.Channels;
using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Transfer;

/// <summary>
/// Builds an archive with compressed entries, whose sizes are not known beforehand. Blocks of content are read and compressed concurrently
/// and written in order. Space for a local header is reserved until its entry is complete, so that here too headers have the true CRC-32
/// and sizes, without data descriptors. The same plan gives the same bytes.
/// </summary>
internal sealed class CompressingExecutor(
    ISourceStore sources, ArchivePlan plan, Compression compression, PartLimits limits, long memoryBudget, TransferProgress progress,
    int blockSize = BlockDeflater.BlockSize)
{
    private readonly EntryReader _entries = new(sources, plan);
    private readonly GrowingZip _zip = new(plan, blockSize);

    /// <summary>
    /// Writes the whole archive to the upload that the given function begins; its argument is whether there is only one part.
    /// </summary>
    /// <returns>The upload, which is still to be completed, and the length and CRC-32 of the archive.</returns>
    public async Task<(IArchiveUpload Upload, long Length, uint Crc)> WriteAsync(
        Func<bool, Task<IArchiveUpload>> begin, CancellationToken cancellationToken)
    {
        var (_, partSize, partCount, window, _) = CompressionBuffers.For(plan, limits, memoryBudget, blockSize);
        using var parts = new BufferPool(partSize, partCount);
        using var inputs = new BufferPool(blockSize, window);
        using var outputs = new BufferPool(BlockDeflater.LargestOutput(blockSize), window);
        using var group = new TransferGroup(cancellationToken);
        var output = new SequentialParts(parts, partSize, begin, group);
        var blocks = Channel.CreateBounded<Task<BlockResult>>(window);
        group.Start(token => StartBlocksAsync(group, inputs, outputs, blocks.Writer, token));
        group.Start(token => PutInOrderAsync(blocks.Reader, output, token));
        try
        {
            await group.EndAsync().ConfigureAwait(false);
            return (await output.Upload!.ConfigureAwait(false), output.Position, output.Crc);
        }
        catch (Exception)
        {
            if (output.Upload is { IsCompletedSuccessfully: true } upload)
                await (await upload.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task StartBlocksAsync(
        TransferGroup group, BufferPool inputs, BufferPool outputs, ChannelWriter<Task<BlockResult>> blocks,
        CancellationToken cancellationToken)
    {
        for (var entry = 0; entry < plan.Count; entry++)
        {
            var size = plan.Entries[entry].Size;
            var compressed = IsCompressed(plan.Entries[entry]);
            var offset = 0L;
            do
            {
                var block = new Block(entry, offset, (int)Math.Min(blockSize, size - offset), compressed);
                // Both are rented here, in order, so that the block whose turn it is always has them.
                var input = await Lent.FromAsync(inputs, cancellationToken).ConfigureAwait(false);
                var output = await Lent.FromAsync(outputs, cancellationToken).ConfigureAwait(false);
                var result = group.Start(token => ProcessAsync(block, input, output, token));
                await blocks.WriteAsync(result, cancellationToken).ConfigureAwait(false);
                offset += block.Length;
            }
            while (offset < size);
        }
        blocks.Complete();
    }

    private bool IsCompressed(in PlannedEntry entry) =>
        CompressionPolicy.IsCompressed(compression, entry.Name, entry.Size, entry.Content.Source?.ContentType);

    private async Task<BlockResult> ProcessAsync(Block block, Lent input, Lent output, CancellationToken cancellationToken)
    {
        var content = input.Buffer.AsMemory(0, block.Length);
        await _entries.ReadyAsync(block.Entry, cancellationToken).ConfigureAwait(false);
        if (block.Length > 0)
            await _entries.ReadAsync(block.Entry, block.Offset, content, cancellationToken).ConfigureAwait(false);
        var crc = Crc32.HashToUInt32(content.Span);
        var size = plan.Entries[block.Entry].Size;
        var isLast = block.Offset + block.Length == size;
        var compressed = block.Compressed ? BlockDeflater.Deflate(content.Span, isLast, output.Buffer) : int.MaxValue;
        // An entry of one block that does not become smaller is stored.
        if (!block.Compressed || (block.Length == size && compressed >= size))
        {
            output.Return();
            return new BlockResult(block, crc, input, block.Length, ZipFormat.Stored);
        }
        input.Return();
        return new BlockResult(block, crc, output, compressed, ZipFormat.Deflated);
    }

    private async Task PutInOrderAsync(ChannelReader<Task<BlockResult>> blocks, SequentialParts output, CancellationToken cancellationToken)
    {
        var (crc, compressedSize, start) = (0u, 0L, 0L);
        await foreach (var underWay in blocks.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            var result = await underWay.ConfigureAwait(false);
            var entry = result.Block.Entry;
            if (result.Block.Offset == 0)
                (crc, compressedSize, start) = (0, 0, await output.ReserveAsync(_zip.HeaderSize(entry)).ConfigureAwait(false));
            await output.AppendAsync(result.Content.Buffer.AsMemory(0, result.Length)).ConfigureAwait(false);
            result.Content.Return();
            crc = Crc32Combine.Combine(crc, result.Crc, result.Block.Length);
            compressedSize += result.Length;
            var size = plan.Entries[entry].Size;
            var isLast = result.Block.Offset + result.Block.Length == size;
            progress.Add(result.Block.Length, isLast ? 1 : 0);
            if (!isLast)
                continue;
            _entries.Checksums.Report(entry, 0, size, crc);
            output.Fill(start, _zip.End(entry, start, new ZipContent(result.Method, crc, compressedSize)));
        }
        foreach (var record in _zip.Directory(output.Position))
            await output.AppendAsync(record).ConfigureAwait(false);
        output.End();
    }

    private readonly record struct Block(int Entry, long Offset, int Length, bool Compressed);

    private sealed record BlockResult(Block Block, uint Crc, Lent Content, int Length, ushort Method);

    private readonly record struct Lent(BufferPool Pool, byte[] Buffer)
    {
        public static async ValueTask<Lent> FromAsync(BufferPool pool, CancellationToken cancellationToken) =>
            new(pool, await pool.RentAsync(cancellationToken).ConfigureAwait(false));

        public void Return() => Pool.Return(Buffer);
    }
}
