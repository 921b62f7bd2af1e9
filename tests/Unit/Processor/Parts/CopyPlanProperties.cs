using Archiver.Processor.Packaging.Zip;
using Archiver.Processor.Parts;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Archiver.Tests.Processor.Parts;

/// <summary>What holds for every mix of sizes around the limits of S3.</summary>
[Properties(Arbitrary = [typeof(Mixes)], MaxTest = 300)]
public sealed class CopyPlanProperties
{
    private const long MiB = 1 << 20;
    private const long GiB = 1 << 30;

    [Property]
    public void Every_part_is_one_that_s3_takes_and_every_byte_is_in_one(Mix mix)
    {
        var parts = mix.Parts;

        Assert.InRange(parts.Count, 1, 10_000);
        Assert.All(parts.SkipLast(1), static part => Assert.InRange(part.Length, 5 * MiB, 5 * GiB));
        Assert.InRange(parts[^1].Length, 1, 5 * GiB);
        Assert.Equal(0, parts[0].Offset);
        Assert.Equal(parts.Skip(1).Select(static part => part.Offset), parts.SkipLast(1).Select(static part => part.End));
        Assert.Equal(mix.Layout.Length, parts[^1].End);
    }

    [Property]
    public void What_is_copied_is_content_of_one_object_that_can_be_copied(Mix mix)
    {
        foreach (var part in mix.Parts.Where(static part => part.IsCopied))
        {
            var entry = mix.Layout.EntryAt(part.Offset);
            Assert.True(mix.IsCopyable(entry));
            Assert.InRange(part.Offset, mix.Layout.ContentOffset(entry), part.End);
            Assert.InRange(part.End, part.Offset, mix.Layout.ContentEnd(entry));
        }
    }

    [Property]
    public void An_object_that_is_copied_gives_no_more_than_the_least_part(Mix mix)
    {
        var carried = new Dictionary<int, long>();
        foreach (var part in mix.Parts.Where(static part => part.IsCopied))
        {
            var entry = mix.Layout.EntryAt(part.Offset);
            carried[entry] = carried.GetValueOrDefault(entry, mix.Layout.SizeOf(entry)) - part.Length;
        }
        Assert.All(carried.Values, static bytes => Assert.InRange(bytes, 0, 5 * MiB));
    }

    [Property]
    public void The_entries_stand_one_after_another_and_each_of_them_once(Mix mix)
    {
        var order = mix.Layout.EntriesFrom(0).ToList();

        Assert.Equal(Enumerable.Range(0, mix.Layout.Count), order.Order());
        Assert.Equal(order.Skip(1).Select(mix.Layout.HeaderOffset), order.SkipLast(1).Select(mix.Layout.ContentEnd));
    }

    [Property]
    public void The_order_follows_from_the_sizes_alone(Mix mix)
    {
        var other = new ZipLayout(
            [.. mix.Entries.Select(static entry => entry with { Name = new string('x', entry.Name.Length), ModifiedUnixSeconds = 5 })]);

        Assert.Equal(mix.Layout.EntriesFrom(0), other.EntriesFrom(0));
    }

    public sealed record Mix(IReadOnlyList<ZipEntry> Entries, PartLimits Limits, int UncopyableIn)
    {
        public ZipLayout Layout { get; } = new(Entries);

        public IReadOnlyList<Part> Parts => CopyPlan.Cut(Layout, Limits, IsCopyable);

        public bool IsCopyable(int entry) => entry % UncopyableIn != UncopyableIn - 1;

        public override string ToString() => $"{Limits}, {UncopyableIn}, {string.Join(", ", Entries.Select(static entry => entry.Size))}";
    }

    public static class Mixes
    {
        private static readonly long[] Corners = [0, 1, MiB, 5 * MiB, 10 * MiB, 16 * MiB, 64 * MiB, 128 * MiB, GiB, 5 * GiB, 10 * GiB, 200 * GiB];

        public static Arbitrary<Mix> All() =>
            (from seed in Gen.Choose(0, int.MaxValue)
             from count in Gen.Frequency((8, Gen.Choose(1, 60)), (2, Gen.Choose(1_000, 6_000)))
             from smallest in Gen.Choose(0, Corners.Length - 1)
             from kinds in Gen.Choose(1, 4)
             from preferred in Gen.Choose(5, 16)
             from uncopyableIn in Gen.Elements(2, 7, int.MaxValue)
             select Make(new Random(seed), count, smallest, kinds, preferred, uncopyableIn)).ToArbitrary();

        private static Mix Make(Random random, int count, int smallest, int kinds, int preferred, int uncopyableIn)
        {
            // Many objects of the largest sizes would be more than S3 takes.
            var largest = Math.Min(Corners.Length - 1, count > 60 ? Array.IndexOf(Corners, GiB) : smallest + kinds);
            var sizes = Enumerable.Range(
                0, count).Select(_ => Size(random, Corners[random.Next(Math.Min(smallest, largest), largest + 1)]));
            return new Mix(
                [.. sizes.Select(static (size, i) => new ZipEntry($"folder/{i}.bin", size, 0))], PartLimits.S3 with { Preferred = preferred * MiB }, uncopyableIn);
        }

        // Exactly there, one more or less, or within the length of a header, or anywhere near.
        private static long Size(Random random, long corner) => Math.Max(0, corner + random.Next(5) switch
        {
            0 => 0,
            1 => random.Next(-1, 2),
            2 => random.Next(-100, 101),
            _ => random.NextInt64(-corner / 2, (corner / 2) + 1),
        });
    }
}
