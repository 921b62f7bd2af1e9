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
/// Proves that a stored archive is the one that the plan would produce. If its format can compute the checksum of the whole from the plan,
/// that is compared with the store's record or, if there is none, with what is read.
/// </summary>
/// <param name="archives">Where it is stored.</param>
/// <param name="format">Its format.</param>
/// <param name="plan">What it must contain.</param>
/// <param name="layout">Where; null if that is not known beforehand.</param>
/// <param name="memoryBudget">Bytes of buffers.</param>
/// <param name="parallelism">The most concurrent reads.</param>
internal sealed class ArchiveCheck(
    IArchiveStore archives, IArchiveFormat format, ArchivePlan plan, IArchiveLayout? layout, long memoryBudget, int parallelism)
{
    private const int LargestBuffer = 8 << 20;

    private readonly int _bufferSize = (int)Math.Clamp(memoryBudget / (2 * parallelism), 1 << 16, LargestBuffer);

    /// <returns>The archive, with its CRC-32 if that is known now.</returns>
    /// <exception cref="InvalidDataException">
    /// It is damaged, different or unreadable; the message is the rest of a sentence that begins with its name.
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
            throw new InvalidDataException("it is cut short", error);
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
