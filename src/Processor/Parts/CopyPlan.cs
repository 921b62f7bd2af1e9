using Archiver.Contract;

namespace Archiver.Processor.Parts;

/// <summary>
/// Cuts an archive into parts for a store that can copy ranges of objects: a range is copied wherever the entry's content reaches far
/// enough behind the least part that must be carried before it; all else is carried.
/// </summary>
public static class CopyPlan
{
    /// <summary>The parts of an archive, in order; together they are its bytes.</summary>
    /// <param name="layout">The archive's layout.</param>
    /// <param name="limits">What the store accepts; its largest part must be at least twice the smallest.</param>
    /// <param name="isCopyable">Whether the store can copy from an entry's source.</param>
    /// <exception cref="ArchiverException">Exit code 65: the archive is larger than the limits allow.</exception>
    public static IReadOnlyList<Part> Cut(IArchiveLayout layout, PartLimits limits, Func<int, bool> isCopyable)
    {
        var best = new Cutting(layout, limits, isCopyable, 1, keepRoom: false);
        // More parts than there may be: larger ones are fewer, and where even those are too many, some of what could be copied is carried.
        for (var scale = 1L; !best.Fits && scale * limits.Least <= limits.Most; scale *= 2)
            best = new Cutting(layout, limits, isCopyable, scale * 2, keepRoom: false);
        if (best.Fits)
            return best.Parts;
        best = new Cutting(layout, limits, isCopyable, 1, keepRoom: true);
        for (var scale = 2L; scale * limits.Least <= limits.Most; scale *= 2)
        {
            var next = new Cutting(layout, limits, isCopyable, scale, keepRoom: true);
            if (next.Copied > best.Copied)
                best = next;
        }
        return best.Parts;
    }

    private sealed class Cutting
    {
        private readonly IArchiveLayout _layout;
        private readonly PartLimits _limits;
        private readonly long _most;
        private readonly long _mostCopied;

        public Cutting(IArchiveLayout layout, PartLimits limits, Func<int, bool> isCopyable, long scale, bool keepRoom)
        {
            (_layout, _limits) = (layout, limits);
            _most = Math.Min(Math.Max(limits.Preferred, limits.Least) * scale, limits.Most);
            _mostCopied = Math.Min(Math.Max(limits.PreferredCopy, 2 * limits.Least) * scale, limits.Most);
            var start = 0L;
            foreach (var entry in layout.Count == 0 ? [] : layout.EntriesFrom(0))
            {
                var (begin, end) = (Math.Max(layout.ContentOffset(entry), start + limits.Least), layout.ContentEnd(entry));
                if (end - begin < limits.Least || !isCopyable(entry))
                    continue;
                var before = Parts.Count;
                Carry(start, begin);
                Copy(begin, end);
                if (keepRoom && !HasRoomFor(layout.Length - end))
                {
                    Parts.RemoveRange(before, Parts.Count - before);
                    break;
                }
                Copied += end - begin;
                start = end;
            }
            Fits = keepRoom || HasRoomFor(layout.Length - start);
            if (Fits)
                PartPlan.AddRest(Parts, layout, start, limits);
        }

        public List<Part> Parts { get; } = [];

        /// <summary>Bytes that the store copies.</summary>
        public long Copied { get; private set; }

        /// <summary>Whether there are no more parts than there may be.</summary>
        public bool Fits { get; }

        // Parts are not always full: those that end behind an entry may be half empty.
        private bool HasRoomFor(long rest) => Parts.Count < _limits.MostParts && rest / (_limits.MostParts - Parts.Count) <= _most / 2;

        private void Copy(long from, long to)
        {
            var count = Math.Min(PartPlan.DivideUp(to - from, _mostCopied), (to - from) / _limits.Least);
            for (var i = 0L; i < count; i++)
            {
                var end = i == count - 1 ? to : from + ((to - from) / (count - i));
                Add(from, end, isCopied: true);
                from = end;
            }
        }

        // No part of these may be smaller than the least, and the last neither.
        private void Carry(long from, long to)
        {
            while (to - from > _most)
            {
                var (earliest, latest) = (from + _limits.Least, Math.Min(from + _most, to - _limits.Least));
                if (latest < earliest)
                    break;
                var boundary = _layout.HeaderOffset(_layout.EntryAt(latest));
                var end = boundary >= earliest ? boundary : latest;
                Add(from, end, isCopied: false);
                from = end;
            }
            Add(from, to, isCopied: false);
        }

        private void Add(long from, long to, bool isCopied) => Parts.Add(new Part(Parts.Count + 1, from, to - from, isCopied));
    }
}
