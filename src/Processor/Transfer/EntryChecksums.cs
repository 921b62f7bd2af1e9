using System.Collections.Concurrent;
using Archiver.Contract;
using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using Archiver.Processor.Planning;
using Archiver.Processor.Stores;

namespace Archiver.Processor.Transfer;

/// <summary>
/// The CRC-32 of every entry, put together from the ranges of it that are read, in whatever order they come.
/// Costs five bytes an entry, and something more for the few whose content is spread over several parts.
/// </summary>
public sealed class EntryChecksums
{
    private readonly ZipLayout _layout;
    private readonly ArchivePlan? _plan;
    private readonly uint[] _crcs;
    private readonly bool[] _known;
    private readonly ConcurrentDictionary<int, Spread> _spread = new();
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _unknown;

    /// <summary>Knows only of the empty entries, whose CRC-32 is 0.</summary>
    /// <param name="layout">The archive's layout.</param>
    /// <param name="plan">Its plan, for the checksums that stores have on record: these need not be waited for, but what is read must agree.</param>
    public EntryChecksums(ZipLayout layout, ArchivePlan? plan = null)
    {
        (_layout, _plan) = (layout, plan);
        _crcs = new uint[layout.Count];
        _known = new bool[layout.Count];
        for (var i = 0; i < layout.Count; i++)
            if (!(_known[i] = layout.Entry(i).Size == 0))
                _unknown++;
        if (_unknown == 0)
            _all.SetResult();
    }

    /// <summary>Takes note of the CRC-32 of a range of an entry's content. Each byte of it must be reported once.</summary>
    /// <exception cref="ArchiverException">Exit code 75: all ranges together have another CRC-32 than the store has on record.</exception>
    public void Report(int entry, long offset, long length, uint crc)
    {
        if (length == _layout.Entry(entry).Size)
        {
            Set(entry, crc);
            return;
        }
        var spread = _spread.GetOrAdd(entry, static _ => new Spread());
        if (spread.Add(offset, length, crc, _layout.Entry(entry).Size) is { } whole)
            Set(entry, whole);
    }

    /// <summary>The CRC-32 of an entry, as soon as all of its content has been read.</summary>
    public async ValueTask<uint> OfAsync(int entry, CancellationToken cancellationToken)
    {
        if (OnRecord(entry) is { } known)
            return known;
        if (!Volatile.Read(ref _known[entry]))
        {
            var spread = _spread.GetOrAdd(entry, static _ => new Spread());
            // It may have become known, and its spread been removed, between the two lines above.
            if (!Volatile.Read(ref _known[entry]))
                await spread.Known.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        return _crcs[entry];
    }

    /// <summary>The CRC-32 that a header needs; the end records need none.</summary>
    public ValueTask<uint> ForAsync(Piece header, CancellationToken cancellationToken) =>
        header.Kind == PieceKind.End ? ValueTask.FromResult(0u) : OfAsync(header.Entry, cancellationToken);

    /// <summary>Waits until every entry's CRC-32 is known.</summary>
    public Task AllAsync(CancellationToken cancellationToken) => _all.Task.WaitAsync(cancellationToken);

    private uint? OnRecord(int entry) => _plan?.Entries[entry].Source.Record?.Crc;

    private void Set(int entry, uint crc)
    {
        if (_plan is not null)
            StoreErrors.CheckRecord(_plan.Entries[entry].Source, crc);
        _crcs[entry] = crc;
        Volatile.Write(ref _known[entry], true);
        if (Interlocked.Decrement(ref _unknown) == 0)
            _all.SetResult();
        // Somebody may wait for it, even where its content was read in one range. Whoever comes from now on sees that it is known:
        // the full fence of Interlocked stands between, as the dictionary looks for emptiness without a lock.
        if (_spread.TryRemove(entry, out var awaited))
            awaited.Known.SetResult();
    }

    private sealed class Spread
    {
        private readonly SortedList<long, (long Length, uint Crc)> _ranges = [];
        private long _reported;

        public TaskCompletionSource Known { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The entry's CRC-32 once all of its ranges are there.</summary>
        public uint? Add(long offset, long length, uint crc, long size)
        {
            lock (_ranges)
            {
                _ranges.Add(offset, (length, crc));
                _reported += length;
                return _reported < size ? null : _ranges.Values.Aggregate(0u, static (whole, next) => Crc32Combine.Combine(whole, next.Crc, next.Length));
            }
        }
    }
}
