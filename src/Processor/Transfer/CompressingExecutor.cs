using System.IO.Hashing;
using System.Threading.Channels;
using Archiver.Contract.Settings;
using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Transfer;

/// <summary>
/// Makes an archive with compressed entries, whose sizes nobody knows beforehand: blocks of content are read and compressed many at once,
/// and put one after another in their order. A local header's place is kept free until its entry has ended, so that here too headers carry
/// the true CRC-32 and sizes, without data descriptors. The same plan gives the same bytes.
/// </summary>
internal sealed class CompressingExecutor(
    ISourceStore sources, ArchivePlan plan, Compression compression, PartLimits limits, long memoryBudget, TransferProgress progress,
    int blockSize = BlockDeflater.BlockSize)
{
    private readonly long[] _headerOffsets = new long[plan.Count];
    private readonly EntryContent[] _contents = new EntryContent[plan.Count];

    /// <summary>Writes the whole archive.</summary>
    /// <param name="begin">Begins the upload, told whether there is one part only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The upload, to be completed, the archive's bytes and its CRC-32.</returns>
    public async Task<(IArchiveUpload Upload, long Length, uint Crc)> WriteAsync(Func<bool, Task<IArchiveUpload>> begin, CancellationToken cancellationToken)
    {
        var (_, partSize, partCount, window, _) = CompressionBuffers.For(plan, limits, memoryBudget, blockSize);
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var parts = new BufferPool(partSize, partCount);
        using var inputs = new BufferPool(blockSize, window);
        using var outputs = new BufferPool(BlockDeflater.LargestOutput(blockSize), window);
        var output = new SequentialParts(parts, partSize, begin, failed);
        var results = Channel.CreateBounded<Task<BlockResult>>(window);
        var reading = Task.Run(() => StartBlocksAsync(inputs, outputs, results.Writer, failed.Token), CancellationToken.None);
        try
        {
            await PutInOrderAsync(results.Reader, output, failed.Token).ConfigureAwait(false);
            await WriteDirectoryAsync(output).ConfigureAwait(false);
            var crc = await output.FinishAsync(cancellationToken).ConfigureAwait(false);
            return (await output.Upload!.ConfigureAwait(false), output.Position, crc);
        }
        catch (Exception error)
        {
            await failed.CancelAsync().ConfigureAwait(false);
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (results.Reader.TryRead(out var block))
                await ((Task)block).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await output.SettleAsync().ConfigureAwait(false);
            if (output.Upload is { IsCompletedSuccessfully: true } upload)
                await (await upload.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            // A part that could not be stored stops the rest; but what it says when it was itself stopped is no reason.
            if (error is OperationCanceledException)
                output.ThrowIfFailed();
            throw;
        }
    }

    private long LargestOf(in ZipEntry entry) => BlockDeflater.LargestOf(entry.Size, blockSize);

    private async Task StartBlocksAsync(BufferPool inputs, BufferPool outputs, ChannelWriter<Task<BlockResult>> results, CancellationToken cancellationToken)
    {
        try
        {
            for (var entry = 0; entry < plan.Count; entry++)
            {
                var size = plan.Entries[entry].Source.Size;
                var compressed = CompressionPolicy.IsCompressed(compression, plan.Entries[entry].Name, size, plan.Entries[entry].Source.ContentType);
                var offset = 0L;
                do
                {
                    var block = new Block(entry, offset, (int)Math.Min(blockSize, size - offset), compressed);
                    // Both here and in order, so that the block whose turn it is always has them.
                    var input = await Lent.FromAsync(inputs, cancellationToken).ConfigureAwait(false);
                    var output = await Lent.FromAsync(outputs, cancellationToken).ConfigureAwait(false);
                    await results.WriteAsync(Task.Run(() => ProcessAsync(block, input, output, cancellationToken)), cancellationToken).ConfigureAwait(false);
                    offset += block.Length;
                }
                while (offset < size);
            }
            results.Complete();
        }
        catch (Exception error)
        {
            results.Complete(error);
        }
    }

    private async Task<BlockResult> ProcessAsync(Block block, Lent input, Lent output, CancellationToken cancellationToken)
    {
        var content = input.Buffer.AsMemory(0, block.Length);
        if (block.Length > 0)
            await sources.ReadAsync(plan.Entries[block.Entry].Source, block.Offset, content, cancellationToken).ConfigureAwait(false);
        var crc = Crc32.HashToUInt32(content.Span);
        var size = plan.Entries[block.Entry].Source.Size;
        var compressed = block.Compressed ? BlockDeflater.Deflate(content.Span, block.Offset + block.Length == size, output.Buffer) : int.MaxValue;
        // An entry of one block that does not become smaller is better stored.
        if (!block.Compressed || (block.Length == size && compressed >= size))
        {
            output.Return();
            return new BlockResult(block, crc, input, block.Length, ZipFormat.Stored);
        }
        input.Return();
        return new BlockResult(block, crc, output, compressed, ZipFormat.Deflated);
    }

    private async Task PutInOrderAsync(ChannelReader<Task<BlockResult>> results, SequentialParts output, CancellationToken cancellationToken)
    {
        var crc = 0u;
        var compressedSize = 0L;
        await foreach (var underWay in results.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            var result = await underWay.ConfigureAwait(false);
            var (entry, isFirst) = (result.Block.Entry, result.Block.Offset == 0);
            var zip = plan[entry];
            var largest = LargestOf(zip);
            if (isFirst)
            {
                (crc, compressedSize) = (0, 0);
                _headerOffsets[entry] = await output.ReserveAsync(LocalHeader.SizeOf(zip, largest)).ConfigureAwait(false);
            }
            await output.AppendAsync(result.Content.Buffer.AsMemory(0, result.Length)).ConfigureAwait(false);
            result.Content.Return();
            crc = Crc32Combine.Combine(crc, result.Crc, result.Block.Length);
            compressedSize += result.Length;
            var isLast = result.Block.Offset + result.Block.Length == zip.Size;
            progress.Add(result.Block.Length, isLast ? 1 : 0);
            if (isLast)
                FillHeader(entry, zip, new EntryContent(result.Method, crc, compressedSize), largest, output);
        }
    }

    private void FillHeader(int entry, in ZipEntry zip, EntryContent content, long largest, SequentialParts output)
    {
        StoreErrors.CheckRecord(plan.Entries[entry].Source, content.Crc);
        _contents[entry] = content;
        var header = new byte[LocalHeader.SizeOf(zip, largest)];
        LocalHeader.Write(header, zip, content, largest);
        output.Fill(_headerOffsets[entry], header);
    }

    private async Task WriteDirectoryAsync(SequentialParts output)
    {
        var start = output.Position;
        for (var i = 0; i < plan.Count; i++)
        {
            var record = new byte[CentralHeader.SizeOf(plan[i], _contents[i].CompressedSize, _headerOffsets[i])];
            CentralHeader.Write(record, plan[i], _contents[i], _headerOffsets[i]);
            await output.AppendAsync(record).ConfigureAwait(false);
        }
        var size = output.Position - start;
        var end = new byte[EndRecords.SizeOf(plan.Count, start, size)];
        EndRecords.Write(end, plan.Count, start, size);
        await output.AppendAsync(end).ConfigureAwait(false);
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
