using System.Collections.Concurrent;
using Archiver.Contract;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Transfer;

/// <summary>
/// The CRC-32 of every entry, combined from those of its ranges in whatever order they are read.
/// Takes five bytes per entry, and a little more for the few whose content is spread over several parts.
/// </summary>
internal sealed class EntryChecksums : IEntryDigests
{
    private readonly ArchivePlan _plan;
    private readonly uint[] _crcs;
    private readonly bool[] _known;
    private readonly ConcurrentDictionary<int, Spread> _spread = new();

    /// <summary>
    /// At first, only the CRC-32s of empty entries, which are 0, and those that the store has on record are known. The latter are used at
    /// once, but what is read must match.
    /// </summary>
    public EntryChecksums(ArchivePlan plan)
    {
        _plan = plan;
        _crcs = new uint[plan.Count];
        _known = new bool[plan.Count];
        for (var i = 0; i < plan.Count; i++)
            _known[i] = plan.Entries[i].Size == 0;
    }

    /// <summary>Adds the CRC-32 of a range of an entry's content. Each byte must be reported exactly once.</summary>
    /// <exception cref="ArchiverException">Exit code 75: the CRC-32 of all ranges differs from the one on record.</exception>
    public void Report(int entry, long offset, long length, uint crc)
    {
        var size = _plan.Entries[entry].Size;
        if (length == size)
        {
            Set(entry, crc);
            return;
        }
        var spread = _spread.GetOrAdd(entry, static _ => new Spread());
        if (spread.Add(offset, length, crc, size) is { } whole)
            Set(entry, whole);
    }

    /// <inheritdoc />
    public uint CrcOf(int entry) => OnRecord(entry) ?? (Volatile.Read(ref _known[entry])
        ? _crcs[entry]
        : throw new InvalidOperationException($"The CRC-32 of {_plan.Entries[entry].Name} is not known yet."));

    /// <summary>Waits until the CRC-32 of each of these is known.</summary>
    public ValueTask KnowAsync(EntryRange entries, CancellationToken cancellationToken)
    {
        for (var entry = entries.First; entry < entries.End; entry++)
            if (!IsKnown(entry))
                return new ValueTask(WaitAsync(entry, entries.End, cancellationToken));
        return ValueTask.CompletedTask;
    }

    private async Task WaitAsync(int first, int end, CancellationToken cancellationToken)
    {
        for (var entry = first; entry < end; entry++)
        {
            if (IsKnown(entry))
                continue;
            var spread = _spread.GetOrAdd(entry, static _ => new Spread());
            // It may have become known, and been removed from the dictionary, between the two lines above.
            if (!IsKnown(entry))
                await spread.Known.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsKnown(int entry) => Volatile.Read(ref _known[entry]) || OnRecord(entry) is not null;

    private uint? OnRecord(int entry) => _plan.Entries[entry].Content.Source?.Record?.Crc;

    private void Set(int entry, uint crc)
    {
        if (_plan.Entries[entry].Content.Source is { } source)
            StoreErrors.CheckRecord(source, crc);
        _crcs[entry] = crc;
        Volatile.Write(ref _known[entry], true);
        // Somebody may be waiting for it, even if its content was read in one range. Anyone who looks from now on sees that it is known:
        // that takes a full fence, because the dictionary checks for emptiness without a lock.
        Interlocked.MemoryBarrier();
        if (_spread.TryRemove(entry, out var awaited))
            awaited.Known.SetResult();
    }

    private sealed class Spread
    {
        private readonly SortedList<long, (long Length, uint Crc)> _ranges = [];
        private long _reported;

        public TaskCompletionSource Known { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The entry's CRC-32, once all of its ranges have been added.</summary>
        public uint? Add(long offset, long length, uint crc, long size)
        {
            lock (_ranges)
            {
                _ranges.Add(offset, (length, crc));
                _reported += length;
                return _reported < size
                    ? null
                    : _ranges.Values.Aggregate(0u, static (whole, next) => Crc32Combine.Combine(whole, next.Crc, next.Length));
            }
        }
    }
}
