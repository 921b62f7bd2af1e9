namespace Archiver.Processor.Parts;

/// <summary>
/// The order of the entries in an archive, chosen so that S3 can copy as much of it as possible from the sources.
/// <para>
/// Between two copied ranges there is at least a header and, because parts have a least size, at least that many bytes which pass through
/// the processor. Objects too small to be copied fill these gaps; what is still missing is taken from the beginning of the object that is
/// copied next. An object of less than twice the least size can be copied only after a gap that is nearly full, so the largest of these get
/// fillers first, and when those run out, the smallest of them serve as fillers. What is left comes last, in the request's order.
/// </para>
/// The order depends only on sizes and the lengths of names, so that an archive has the same bytes whether they are copied or carried.
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

    /// <summary>The entries' indices in archive order; null if that is the request's order.</summary>
    /// <param name="count">The number of entries, which are numbered in the request's order.</param>
    /// <param name="least">The fewest bytes of a part.</param>
    /// <param name="sizeOf">Bytes of an entry's content.</param>
    /// <param name="framingOf">Bytes between its content and that of the entry before it.</param>
    /// <param name="stays">Whether it must come after all entries that precede it in the request.</param>
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
        // With less than this before it, too little of the entry would be left to copy.
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

    // The gap before it cannot be filled, so this entry and its fillers are used as fillers elsewhere.
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

        // Fillers that are too large for every gap still close one, and save most where most is missing.
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

    /// <summary>What precedes a copied range: fillers, and the header of the entry that is copied.</summary>
    private sealed class Gap(int entry, long length)
    {
        public int Entry { get; } = entry;

        public long Length { get; set; } = length;

        public int First { get; set; } = SizeClasses.None;

        public int Last { get; set; } = SizeClasses.None;
    }
}
