using Archiver.Processor.Planning;
using Archiver.Processor.Stores;
using Archiver.Programs.Settings;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Planning;

public sealed class ArchiveKeyTests
{
    private static readonly DateTimeOffset Date = new(2024, 5, 30, 14, 29, 22, TimeSpan.Zero);
    private static readonly SourceObject A = new(Some.Address("bucket", "a"), 1, "etag-a", 100);
    private static readonly SourceObject B = new(Some.Address("bucket", "b"), 2, "etag-b", 200);

    private static readonly ArchivePlan Plan = PlanOf(("a", A), ("b", B));

    public static TheoryData<string, ArchivePlan> OtherPlans { get; } = new()
    {
        { "another name", PlanOf(("a2", A), ("b", B)) },
        { "another order", PlanOf(("b", B), ("a", A)) },
        { "names swapped", PlanOf(("b", A), ("a", B)) },
        { "one more", PlanOf(("a", A), ("b", B), ("c", A)) },
        { "one less", PlanOf(("a", A)) },
        { "another ETag", PlanOf(("a", A with { ETag = "etag-a2" }), ("b", B)) },
        { "another size", PlanOf(("a", A with { Size = 2 }), ("b", B)) },
        { "another time", PlanOf(("a", A with { ModifiedUnixSeconds = 101 }), ("b", B)) },
        { "another key", PlanOf(("a", A with { Address = Some.Address("bucket", "a2") }), ("b", B)) },
        { "another bucket", PlanOf(("a", A with { Address = Some.Address("bucket2", "a") }), ("b", B)) },
        { "a file", PlanOf(("a", A with { Address = Some.File("a") }), ("b", B)) },
        { "a letter moved from one text to the next", PlanOf(("ab", A with { Address = Some.Address("ucket", "a") }), ("b", B)) },
    };

    [Fact]
    public void The_key_has_the_fingerprint_the_prefix_and_the_date() =>
        Assert.Matches("^[0-9a-f]{64}/download-2024-05-30\\.zip$", ArchiveKey.For(Plan, "download", Date));

    [Fact]
    public void The_date_is_the_day_in_utc() =>
        Assert.EndsWith("-2024-05-31.zip", ArchiveKey.For(Plan, "download", new DateTimeOffset(2024, 5, 30, 23, 0, 0, TimeSpan.FromHours(-5))), StringComparison.Ordinal);

    [Fact]
    public void The_same_plan_has_the_same_key() =>
        Assert.Equal(ArchiveKey.For(Plan, "download", Date), ArchiveKey.For(PlanOf(("a", A), ("b", B)), "download", Date.AddHours(3)));

    [Fact]
    public void What_was_left_out_is_no_part_of_it() =>
        Assert.Equal(ArchiveKey.Fingerprint(Plan), ArchiveKey.Fingerprint(new ArchivePlan(Plan.Entries, ["s3://bucket/missing"])));

    [Theory]
    [MemberData(nameof(OtherPlans))]
    public void Another_plan_has_another_fingerprint(string difference, ArchivePlan other) =>
        Assert.False(ArchiveKey.Fingerprint(Plan) == ArchiveKey.Fingerprint(other), difference);

    [Fact]
    public void Every_compression_has_a_fingerprint_of_its_own() =>
        Assert.Equal(
            3, Enum.GetValues<Compression>().Select(static compression => ArchiveKey.Fingerprint(Plan, compression)).Distinct().Count());

    [Fact]
    public void Generated_text_counts_by_its_own_fingerprint_and_its_length()
    {
        string[] fingerprints = [Of("one", 5), Of("another", 5), Of("one", 6)];

        Assert.Distinct(fingerprints);
        Assert.Equal(fingerprints[0], Of("one", 5));

        static string Of(string text, long length)
        {
            var content = new EntryContent(new GeneratedText(length, default, text, static (_, _, _) => { }));
            return ArchiveKey.Fingerprint(new ArchivePlan([new PlannedEntry("a", content)], []));
        }
    }

    // Archives that are stored already are found by it.
    [Fact]
    public void The_fingerprint_stays_the_same_over_versions() =>
        Assert.Equal("6f17d7c2e00a2007e20b2a76b6ebe0324f1971a6ae1ecc92d5ca6a69624e7c1a", ArchiveKey.Fingerprint(Plan));

    private static ArchivePlan PlanOf(params (string Name, SourceObject Source)[] entries) =>
        new([.. entries.Select(static entry => new PlannedEntry(entry.Name, entry.Source))], []);
}
