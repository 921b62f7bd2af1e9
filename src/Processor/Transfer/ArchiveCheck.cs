using System.IO.Hashing;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Processor.Packaging;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Transfer;

/// <summary>
/// Proves that an archive that was found is the one that the plan would give. Where its format can tell the checksum of the whole, that is
/// held against the store's own record, or against what is read where the store has none.
/// </summary>
/// <param name="archives">Where it is.</param>
/// <param name="format">Its format.</param>
/// <param name="plan">What it must hold.</param>
/// <param name="layout">Where; null when that is not known beforehand.</param>
/// <param name="memoryBudget">Bytes of buffers.</param>
/// <param name="parallelism">How many reads are under way at once.</param>
internal sealed class ArchiveCheck(
    IArchiveStore archives, IArchiveFormat format, ArchivePlan plan, IArchiveLayout? layout, long memoryBudget, int parallelism)
{
    private const int LargestBuffer = 8 << 20;

    private readonly int _bufferSize = (int)Math.Clamp(memoryBudget / (2 * parallelism), 1 << 16, LargestBuffer);

    /// <summary>Checks it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="found">What is known of it.</param>
    /// <param name="progress">Where to count what is read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The archive, with its CRC-32 where that is known now.</returns>
    /// <exception cref="InvalidDataException">
    /// It is damaged, is another, or cannot be read: the message says so in words that follow its name.
    /// </exception>
    public async Task<StoredArchive> ProveAsync(
        string key, StoredArchive found, TransferProgress progress, CancellationToken cancellationToken)
    {
        var archive = new FoundArchive(found.Bytes, ReadAsync, _bufferSize);
        try
        {
            if (await format.ProveAsync(plan, layout, archive, cancellationToken).ConfigureAwait(false) is not { } due)
                return found;
            var crc = found.Crc ?? await ReadWholeAsync(archive, cancellationToken).ConfigureAwait(false);
            return crc == due ? found with { Crc = crc } : throw new InvalidDataException($"its CRC-32 is {crc:x8} instead of {due:x8}");
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("it ends too early", error);
        }
        catch (ArchiverException error) when (error.ExitCode is ExitCode.NoPermission or ExitCode.CannotCreate)
        {
            throw new InvalidDataException($"it cannot be read: {error.Message}", error);
        }

        async Task ReadAsync(long offset, Memory<byte> target)
        {
            await archives.ReadAsync(key, found, offset, target, cancellationToken).ConfigureAwait(false);
            progress.Add(target.Length, 0);
        }
    }

    private async Task<uint> ReadWholeAsync(FoundArchive archive, CancellationToken cancellationToken)
    {
        var crcs = new uint[(archive.Length + _bufferSize - 1) / _bufferSize];
        using var buffers = new BufferPool(_bufferSize, parallelism);
        long LengthOf(int range) => Math.Min(_bufferSize, archive.Length - ((long)range * _bufferSize));

        var options = new ParallelOptions { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, crcs.Length), options, async (range, token) =>
        {
            var buffer = await buffers.RentAsync(token).ConfigureAwait(false);
            var target = buffer.AsMemory(0, (int)LengthOf(range));
            await archive.ReadAsync((long)range * _bufferSize, target).ConfigureAwait(false);
            crcs[range] = Crc32.HashToUInt32(target.Span);
            buffers.Return(buffer);
        }).ConfigureAwait(false);
        var whole = 0u;
        for (var range = 0; range < crcs.Length; range++)
            whole = Crc32Combine.Combine(whole, crcs[range], LengthOf(range));
        return whole;
    }
}
