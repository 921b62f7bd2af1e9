using System.Globalization;
using Archiver.EndToEnd.Engine;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Supervision;

/// <summary>What becomes of a processor whose poller was killed and could tell it nothing.</summary>
public sealed class OrphanTests(S3Fixture s3) : IClassFixture<S3Fixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_ends_within_seconds_and_leaves_no_upload(bool behindWrapper)
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await using var workshop = await S3Workshop.CreateAsync(s3);
        await workshop.PutAipAsync("orphan", 8, 3_000_000);
        workshop.Proxy.Faults.Add(Held("UploadPart"));
        await site.Requests.SendAsync(S3Workshop.Whole("orphan"));

        await using var poller = StartPoller(site, workshop, behindWrapper ? Wrapper(site) : null);
        await poller.EventuallyAsync("a part is on its way", () => workshop.Proxy.Counters[FaultKind.Delay] > 0);
        var processor = Assert.Single(ProcessorsAt(site));
        Assert.Single(await s3.ListUploadsAsync());
        poller.Signal("KILL");

        await Eventually.IsTrueAsync("the processor has ended", () => !File.Exists($"/proc/{processor}/cmdline"), TimeSpan.FromSeconds(8));
        Assert.Empty(await s3.ListUploadsAsync());
    }

    [Fact]
    public async Task One_that_cannot_clean_up_ends_nevertheless()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await using var workshop = await S3Workshop.CreateAsync(s3);
        await workshop.PutAipAsync("stuck", 8, 3_000_000);
        workshop.Proxy.Faults.Add(Held("UploadPart", "AbortMultipartUpload"));
        await site.Requests.SendAsync(S3Workshop.Whole("stuck"));

        await using var poller = StartPoller(site, workshop, null);
        await poller.EventuallyAsync("a part is on its way", () => workshop.Proxy.Counters[FaultKind.Delay] > 0);
        var processor = Assert.Single(ProcessorsAt(site));
        poller.Signal("KILL");

        await Eventually.IsTrueAsync("the processor has ended", () => !File.Exists($"/proc/{processor}/cmdline"), TimeSpan.FromSeconds(12));
        var left = Assert.Single(await s3.ListUploadsAsync());
        await s3.Client.AbortMultipartUploadAsync(s3.Bucket, left.Key, left.UploadId, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nobody_s_child_works_on_although_nobody_listens()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        using var folder = new TestFolder();
        folder.Put("sources/byhand/a.txt", "content");
        var processor = $"'{Repository.Processor}' --set=Source:Location={folder["sources"]} --set=Destination:Location={folder["archives"]}";

        // Nobody reads its standard error any more, for longer than a supervised one would take to notice.
        var end = await ProgramUnderTest.RunAsync("/bin/bash", ["-c", $"( sleep 2; echo '{{\"aipid\":\"byhand\"}}' ) | {processor} 2> >(exit 0)"], folder.Path);

        Assert.Contains("\"success\":true", end.Output, StringComparison.Ordinal);
    }

    /// <summary>Never answered; but for the check before the first message, whose part is empty.</summary>
    private static Fault Held(params string[] operations) => new(FaultKind.Delay)
    {
        Operations = operations,
        When = static request => request.Method == "DELETE" || request.ContentLength > 1000,
        Delay = Timeout.InfiniteTimeSpan,
    };

    private static ProgramUnderTest StartPoller(Site site, S3Workshop workshop, string? processor) =>
        site.StartPoller("--set=Processor:MemoryBudget=16MiB", [.. workshop.Settings.Select(static setting => (setting.Key, setting.Value)), ("Processor__Path", processor), ("Source__Location", null), ("Destination__Location", null)]);

    private static string Wrapper(Site site) => site.Folder.PutScript("wrapper.sh", $"'{Repository.Processor}' \"$@\"\nexit $?");

    /// <summary>Processors that work in the site's folder.</summary>
    private static IEnumerable<int> ProcessorsAt(Site site) =>
        Directory.GetDirectories("/proc").Select(static folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && IsProcessorAt(id, site.Folder.Path));

    private static bool IsProcessorAt(int id, string folder)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Split('\0')[0] == Repository.Processor && new FileInfo($"/proc/{id}/cwd").LinkTarget == folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
