using Archiver.Contract.Messages;
using Archiver.Processor.Planning;
using Archiver.Processor.Stores;
using Archiver.Tests.Support;

namespace Archiver.Tests.Processor.Planning;

public sealed class CountedSourcesTests
{
    private readonly MemorySource _sources = new();
    private readonly CountedSources _counted;

    public CountedSourcesTests()
    {
        _counted = new CountedSources(_sources);
        foreach (var name in (string[])["a.txt", "b.txt", "c.txt"])
            _sources.With("some-source", $"mds2909/{name}");
    }

    [Fact]
    public async Task A_listing_counts_what_it_finds()
    {
        Assert.Equal(3, (await PlanAsync(new ArchiveRequest { AipId = "mds2909" })).Count);
        Assert.Equal(3, _counted.Found);
    }

    [Fact]
    public async Task Lookups_count()
    {
        Assert.Equal(2, (await PlanAsync(new ArchiveRequest { AipId = "mds2909", FileNames = ["a.txt", "c.txt"] })).Count);
        Assert.Equal(2, _counted.Found);
    }

    private Task<ArchivePlan> PlanAsync(ArchiveRequest request) =>
        new Planner(Some.ArchiveSettings, _counted).PlanAsync(request, "mds2909", TestContext.Current.CancellationToken);
}
