using Archiver.Contract;

namespace Archiver.Processor.Parts;

/// <summary>Cuts an archive into parts that start with a header where possible, so that most objects are read with one request.</summary>
public static class PartPlan
{
    /// <summary>The parts of an archive, in order; together they cover all of its bytes.</summary>
    /// <exception cref="ArchiverException">Exit code 65: the archive is larger than the limits allow.</exception>
    public static IReadOnlyList<Part> Cut(IArchiveLayout layout, PartLimits limits)
    {
        var parts = new List<Part>();
        AddRest(parts, layout, 0, limits);
        return parts;
    }

    /// <summary>Adds the parts from an offset to the archive's end.</summary>
    internal static void AddRest(List<Part> parts, IArchiveLayout layout, long from, PartLimits limits)
    {
        // Every part but the last has at least this many bytes, so there are never too many.
        var least = Math.Max(limits.Least, DivideUp(layout.Length - from, Math.Max(1, limits.MostParts - parts.Count)));
        if (least > limits.Most)
            throw PartLimits.TooLarge(layout.Length, limits);
        // Parts that must be larger than preferred get room to end before a header instead of within it.
        var most = Math.Min(least <= limits.Preferred ? limits.Preferred : least + layout.LongestHeader, limits.Most);

        for (var offset = from; offset < layout.Length;)
        {
            var end = EndOf(layout, offset, least, most);
            parts.Add(new Part(parts.Count + 1, offset, end - offset));
            offset = end;
        }
    }

    /// <summary>The most parts that share the header of one entry; 1 if no header is cut.</summary>
    public static int MostPartsOfOneHeader(IArchiveLayout layout, IReadOnlyList<Part> parts)
    {
        var (most, run, last) = (1, 1, -1);
        foreach (var cut in parts.Select(static part => part.Offset).Where(offset => offset > 0 && offset < layout.EntriesEnd))
        {
            var entry = layout.EntryAt(cut);
            if (cut == layout.HeaderOffset(entry) || cut >= layout.ContentOffset(entry))
                continue;
            run = entry == last ? run + 1 : 2;
            (most, last) = (Math.Max(most, run), entry);
        }
        return most;
    }

    private static long EndOf(IArchiveLayout layout, long offset, long least, long most)
    {
        if (layout.Length - offset <= most)
            return layout.Length;
        var latest = offset + most;
        if (latest >= layout.EntriesEnd)
            return latest;
        var boundary = layout.HeaderOffset(layout.EntryAt(latest));
        return boundary >= offset + least ? boundary : latest;
    }

    internal static long DivideUp(long value, long by) => (value + by - 1) / by;
}
