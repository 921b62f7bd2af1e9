using Archiver.Contract;

namespace Archiver.Processor.Parts;

/// <summary>
/// Cuts an archive into parts for a store that can copy ranges of objects: content is copied wherever enough of it remains after the
/// smallest part that has to be carried before it; everything else is carried.
/// </summary>
public static class CopyPlan
{
    /// <summary>The parts of an archive, in order; together they cover all of its bytes.</summary>
    /// <param name="layout">The archive's layout.</param>
    /// <param name="limits">What the store accepts; its largest part must be at least twice the smallest.</param>
    /// <param name="isCopyable">Whether the store can copy from an entry's source.</param>
    /// <exception cref="ArchiverException">Exit code 65: the archive is larger than the limits allow.</exception>
    public static IReadOnlyList<Part> Cut(IArchiveLayout layout, PartLimits limits, Func<int, bool> isCopyable)
    {
        var best = new Cutting(layout, limits, isCopyable, 1, keepRoom: false);
        // If there are too many parts, they are made larger; if there are still too many, some are carried that could be copied.
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

        /// <summary>Whether there are no more parts than allowed.</summary>
        public bool Fits { get; }

        // Parts are not always full: those that end with an entry may be half empty.
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

        // None of these parts may be smaller than the least, not even the last.
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
