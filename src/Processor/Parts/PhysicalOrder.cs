namespace Archiver.Processor.Parts;

/// <summary>
/// The order in which entries stand in an archive, so that S3 can copy as much of it as possible from the sources.
/// <para>
/// Between two ranges that are copied stand at least a header and, because parts have a least size, that many bytes which pass
/// through the worker. Objects too small to be copied are dealt out to fill these gaps; what is still missing is taken from the
/// beginning of the object that is copied next. An object of less than twice the least size can only be copied behind a gap that is
/// nearly full, so the largest of these get fillers first, and when those run out, the smallest of them serve as fillers.
/// What is left stands at the end, in the request's order.
/// </para>
/// The order follows from sizes and lengths of names alone: an archive has the same bytes however they are brought together.
/// </summary>
internal sealed class PhysicalOrder
{
    private readonly long[] _lengths;
    private readonly long _least;
    private readonly int[] _next;
    private readonly SizeClasses _fillers;
    private readonly List<Gap> _gaps = [];

    private PhysicalOrder(int count, long least, Func<int, long> sizeOf, Func<int, long> framingOf, Func<int, bool> stays)
    {
        _least = least;
        _next = new int[count];
        _lengths = new long[count];
        for (var i = 0; i < count; i++)
            _lengths[i] = framingOf(i) + sizeOf(i);
        var unit = Math.Max(1, (2 * least) / SizeClasses.FineClasses);
        _fillers = new SizeClasses(_next, item => _lengths[item], unit);
        var (middle, large) = (new SizeClasses(_next, item => _lengths[item], unit), new SizeClasses(_next, item => _lengths[item], unit));
        for (var i = 0; i < count; i++)
            if (!stays(i))
                (sizeOf(i) < least ? _fillers : sizeOf(i) < 2 * least ? middle : large).Add(i);

        while (large.TakeLargest() is var entry and not SizeClasses.None)
            _gaps.Add(new Gap(entry, _lengths[entry] - sizeOf(entry)));
        while (middle.TakeLargest() is var entry and not SizeClasses.None)
            PlaceMiddle(entry, sizeOf(entry), middle);
        FillUp(unit);
    }

    /// <summary>The entries' indices in the order in which they stand; null when that is their own.</summary>
    /// <param name="count">How many entries there are, in the request's order.</param>
    /// <param name="least">The fewest bytes of a part.</param>
    /// <param name="sizeOf">Bytes of an entry's content.</param>
    /// <param name="framingOf">Bytes that stand between its content and that of the entry before it.</param>
    /// <param name="stays">Whether it must stand behind all that come before it in the request.</param>
    public static int[]? Of(int count, long least, Func<int, long> sizeOf, Func<int, long> framingOf, Func<int, bool> stays)
    {
        for (var i = 0; i < count; i++)
            if (sizeOf(i) >= least)
                return new PhysicalOrder(count, least, sizeOf, framingOf, stays).ToArray();
        return null;
    }

    private void PlaceMiddle(int entry, long size, SizeClasses middle)
    {
        var gap = new Gap(entry, _lengths[entry] - size);
        // With less than this before it, too little of the entry would be left to be copied.
        var needed = (2 * _least) - size;
        while (gap.Length < needed)
        {
            var filler = _fillers.TakeSmallest(needed - gap.Length);
            if (filler == SizeClasses.None)
                filler = _fillers.TakeLargest();
            if (filler == SizeClasses.None)
                filler = middle.TakeSmallest();
            if (filler == SizeClasses.None)
            {
                Dissolve(gap);
                return;
            }
            Put(filler, gap);
        }
        _gaps.Add(gap);
    }

    // There is not enough to fill the gap before it, so this entry and its fillers are fillers elsewhere.
    private void Dissolve(Gap gap)
    {
        for (var filler = gap.First; filler != SizeClasses.None;)
        {
            var following = _next[filler];
            _fillers.Add(filler);
            filler = following;
        }
        _fillers.Add(gap.Entry);
    }

    private void FillUp(long unit)
    {
        foreach (var gap in _gaps)
            while (gap.Length < _least && _fillers.TakeLargest(_least - gap.Length) is var filler and not SizeClasses.None)
                Put(filler, gap);

        // What fits nowhere without excess still saves what a gap lacks: most where it lacks most.
        var open = new SizeClasses(new int[_gaps.Count], i => _least - _gaps[i].Length, unit);
        for (var i = 0; i < _gaps.Count; i++)
            if (_gaps[i].Length < _least)
                open.Add(i);
        while (open.TakeLargest() is var i and not SizeClasses.None && _fillers.TakeSmallest() is var filler and not SizeClasses.None)
            Put(filler, _gaps[i]);
    }

    private void Put(int filler, Gap gap)
    {
        _next[filler] = SizeClasses.None;
        if (gap.First == SizeClasses.None)
            gap.First = filler;
        else
            _next[gap.Last] = filler;
        gap.Last = filler;
        gap.Length += _lengths[filler];
    }

    private int[]? ToArray()
    {
        var order = new int[_lengths.Length];
        var placed = new bool[order.Length];
        var count = 0;
        void Place(int entry)
        {
            order[count++] = entry;
            placed[entry] = true;
        }

        foreach (var gap in _gaps)
        {
            for (var filler = gap.First; filler != SizeClasses.None; filler = _next[filler])
                Place(filler);
            Place(gap.Entry);
        }
        for (var i = 0; i < placed.Length; i++)
            if (!placed[i])
                Place(i);
        for (var i = 0; i < order.Length; i++)
            if (order[i] != i)
                return order;
        return null;
    }

    /// <summary>What stands before a copied range: fillers, and the header of the entry that is copied.</summary>
    private sealed class Gap(int entry, long length)
    {
        public int Entry { get; } = entry;

        public long Length { get; set; } = length;

        public int First { get; set; } = SizeClasses.None;

        public int Last { get; set; } = SizeClasses.None;
    }
}
