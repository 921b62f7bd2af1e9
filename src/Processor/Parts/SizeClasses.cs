namespace Archiver.Processor.Parts;

/// <summary>
/// Items in classes of similar size, first in, first out within a class. The best fit is found without sorting, in a time that does not
/// depend on the number of items.
/// </summary>
/// <param name="next">Links from an item to the next in its class; may be shared, because an item is in only one place at a time.</param>
/// <param name="sizeOf">The size of an item.</param>
/// <param name="unit">The width of the first <see cref="FineClasses"/> classes; beyond these, classes are powers of two.</param>
internal sealed class SizeClasses(int[] next, Func<int, long> sizeOf, long unit)
{
    /// <summary>Means no item.</summary>
    public const int None = -1;

    /// <summary>The number of classes that are one unit wide.</summary>
    public const int FineClasses = 160;

    private readonly int[] _first = Filled();
    private readonly int[] _last = Filled();

    public void Add(int item)
    {
        var at = ClassOf(sizeOf(item));
        next[item] = None;
        if (_first[at] == None)
            _first[at] = item;
        else
            next[_last[at]] = item;
        _last[at] = item;
    }

    /// <summary>Takes the largest item of at most this size; looks only at the first item of each class.</summary>
    public int TakeLargest(long most = long.MaxValue)
    {
        for (var at = ClassOf(most); at >= 0; at--)
            if (_first[at] != None && sizeOf(_first[at]) <= most)
                return Take(at);
        return None;
    }

    /// <summary>Takes the smallest item of at least this size; looks only at the first item of each class.</summary>
    public int TakeSmallest(long least = 0)
    {
        for (var at = ClassOf(least); at < _first.Length; at++)
            if (_first[at] != None && sizeOf(_first[at]) >= least)
                return Take(at);
        return None;
    }

    private int Take(int at)
    {
        var item = _first[at];
        _first[at] = next[item];
        return item;
    }

    private int ClassOf(long size) =>
        size / unit is var fine && fine < FineClasses ? (int)fine : FineClasses + (int)long.Log2(fine / FineClasses);

    private static int[] Filled()
    {
        var classes = new int[FineClasses + 64];
        Array.Fill(classes, None);
        return classes;
    }
}
