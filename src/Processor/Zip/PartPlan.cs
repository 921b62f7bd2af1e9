using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Settings;

namespace Archiver.Processor.Zip;

/// <summary>What a store accepts as parts of one object.</summary>
/// <param name="Least">The fewest bytes of a part, the last exempt.</param>
/// <param name="Preferred">The most bytes of a part, unless the archive is too large for <paramref name="MostParts"/> of them.</param>
/// <param name="Most">The most bytes of a part, whatever happens.</param>
/// <param name="MostParts">The most parts of an object.</param>
/// <param name="PreferredCopy">The most bytes of a part that the store copies from an object: several copies run at once, and one that fails is repeated alone.</param>
public sealed record PartLimits(long Least, long Preferred, long Most, int MostParts, long PreferredCopy = 128L << 20)
{
    internal const long LeastOfS3 = 5L << 20;

    /// <summary>Amazon S3 (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html): parts of 5 MiB to 5 GiB, 10,000 of them.</summary>
    public static PartLimits S3 { get; } = new(LeastOfS3, 16L << 20, 5L << 30, 10_000);

    /// <summary>A file, which takes any bytes at any offset.</summary>
    public static PartLimits File { get; } = new(1, 1L << 20, 1L << 20, int.MaxValue);

    internal static ArchiverException TooLarge(long bytes, PartLimits limits) => new(ExitCode.DataError,
        $"An archive of {bytes} bytes does not fit into {limits.MostParts} parts of {limits.Most} bytes; a larger {SettingCatalog.ProcessorMemoryBudget.Name} allows larger parts.");
}

/// <summary>A range of the archive that is stored in one go.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Offset">Where it begins in the archive.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="IsCopied">Whether the store is to copy it from an object, of whose content it is a range.</param>
public readonly record struct Part(int Number, long Offset, long Length, bool IsCopied = false)
{
    /// <summary>The byte behind its last.</summary>
    public long End => Offset + Length;
}

/// <summary>Cuts an archive into parts, behind the end of an entry where one is near, so that most objects are read in one request.</summary>
public static class PartPlan
{
    /// <summary>The parts of an archive, in order; together they are its bytes.</summary>
    /// <exception cref="ArchiverException">Exit code 65: the archive is larger than the limits allow.</exception>
    public static IReadOnlyList<Part> Cut(ZipLayout layout, PartLimits limits)
    {
        var parts = new List<Part>();
        AddRest(parts, layout, 0, limits);
        return parts;
    }

    /// <summary>Adds the parts from an offset to the archive's end.</summary>
    internal static void AddRest(List<Part> parts, ZipLayout layout, long from, PartLimits limits)
    {
        // Every part but the last has at least this many bytes, and so there are never too many parts.
        var least = Math.Max(limits.Least, DivideUp(layout.Length - from, Math.Max(1, limits.MostParts - parts.Count)));
        if (least > limits.Most)
            throw PartLimits.TooLarge(layout.Length, limits);
        // Where parts must be larger than preferred, they get room to end before a header instead of within it.
        var most = Math.Min(least <= limits.Preferred ? limits.Preferred : least + LocalHeader.LongestSize, limits.Most);

        for (var offset = from; offset < layout.Length;)
        {
            var end = EndOf(layout, offset, least, most);
            parts.Add(new Part(parts.Count + 1, offset, end - offset));
            offset = end;
        }
    }

    /// <summary>How many parts share one local header at most; 1 when none is cut.</summary>
    public static int MostPartsOfOneHeader(ZipLayout layout, IReadOnlyList<Part> parts)
    {
        var (most, run, last) = (1, 1, -1);
        foreach (var cut in parts.Select(static part => part.Offset).Where(offset => offset > 0 && offset < layout.DirectoryOffset))
        {
            var entry = layout.EntryAt(cut);
            if (cut == layout.HeaderOffset(entry) || cut >= layout.DataOffset(entry))
                continue;
            run = entry == last ? run + 1 : 2;
            (most, last) = (Math.Max(most, run), entry);
        }
        return most;
    }

    private static long EndOf(ZipLayout layout, long offset, long least, long most)
    {
        if (layout.Length - offset <= most)
            return layout.Length;
        var latest = offset + most;
        if (latest >= layout.DirectoryOffset)
            return latest;
        var boundary = layout.HeaderOffset(layout.EntryAt(latest));
        return boundary >= offset + least ? boundary : latest;
    }

    internal static long DivideUp(long value, long by) => (value + by - 1) / by;
}
