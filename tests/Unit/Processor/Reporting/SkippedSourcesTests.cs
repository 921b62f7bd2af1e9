using Archiver.Processor.Reporting;

namespace Archiver.Tests.Processor.Reporting;

public sealed class SkippedSourcesTests
{
    [Fact]
    public void Without_skipped_sources_nothing_is_reported() => Assert.Equal((null, null), SkippedSources.Bound([]));

    [Fact]
    public void A_few_skipped_sources_are_named_and_not_counted()
    {
        var (told, count) = SkippedSources.Bound(["a", "b"]);

        Assert.Equal(["a", "b"], told);
        Assert.Null(count);
    }

    [Theory]
    [InlineData(50_000, 10, 1_000)]
    [InlineData(1_000, 1_000, 100)]
    [InlineData(1, 200_000, 0)]
    public void Of_many_skipped_sources_the_first_are_named_and_all_are_counted(int many, int length, int named)
    {
        var (told, count) = SkippedSources.Bound([.. Enumerable.Repeat(new string('x', length), many)]);

        Assert.Equal((named, many), (told!.Count, count));
    }
}
