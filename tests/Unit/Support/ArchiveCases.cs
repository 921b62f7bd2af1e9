using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using FsCheck;
using FsCheck.Fluent;

namespace Archiver.Tests.Support;

/// <summary>Makes arbitrary archives: names of all alphabets, empty and longer content, times from before 1980 to after 2107, tiny part limits.</summary>
public static class ArchiveCases
{
    private static readonly string[] Syllables =
        ["a", "b", "photo", "IMG_0001", " ", "-", "(2)", "ä", "ß", "é", "e\u0301", "日本", "Ελλάδα", "🌋", "👩‍👩‍👧", "שלום", "%20", "'", "x1"];

    public static Arbitrary<ArchiveCase> Archives() =>
        (from seed in Gen.Choose(0, int.MaxValue)
         from count in Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Constant(1)), (20, Gen.Choose(2, 40)))
         from largest in Gen.Elements(0, 1, 10, 100, 1000, 5000)
         from least in Gen.Choose(1, 400)
         from preferred in Gen.Choose(1, 3000)
         from most in Gen.Choose(1, 3000)
         from parts in Gen.Choose(1, 100)
         select Make(seed, count, largest, least, preferred, most, parts)).ToArbitrary();

    private static ArchiveCase Make(int seed, int count, int largest, int least, int preferred, int most, int parts)
    {
        var random = new Random(seed);
        var contents = Enumerable.Range(0, count).Select(_ => Content(random, largest)).ToList();
        var entries = contents.Select(content => new ZipEntry(Name(random), content.Length, Time(random))).ToList();
        // The limits are the store's business, but the archive must fit into them.
        var length = new ZipLayout(entries, least).Length;
        var needed = Math.Max(least, (length + parts - 1) / parts);
        return new ArchiveCase(entries, contents, new PartLimits(least, preferred, Math.Max(most, Math.Max(needed, 2 * least)), parts, preferred), seed);
    }

    private static byte[] Content(Random random, int largest)
    {
        var content = new byte[random.Next(4) == 0 ? 0 : random.Next(largest + 1)];
        random.NextBytes(content);
        return content;
    }

    private static string Name(Random random) =>
        string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => string.Concat(random.GetItems(Syllables, random.Next(1, 6)))));

    private static long Time(Random random) => random.Next(10) switch
    {
        0 => random.NextInt64(-62_135_596_800, 315_532_800), // year 1 to 1980
        1 => random.NextInt64(4_354_819_200, 253_402_300_799), // 2108 to 9999
        2 => random.NextInt64(2_147_483_648, 4_354_819_200), // beyond 32 bits, within MS-DOS
        _ => random.NextInt64(315_532_800, 2_147_483_648),
    };
}
