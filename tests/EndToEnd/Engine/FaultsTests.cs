using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Engine;

/// <summary>What goes wrong on the way is mended for that range or part alone; what cannot be mended leaves nothing behind.</summary>
public sealed class FaultsTests(S3Fixture s3) : IClassFixture<S3Fixture>
{
    [Theory]
    [InlineData(FaultKind.InternalError)]
    [InlineData(FaultKind.SlowDown)]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.AnswerLost)]
    [InlineData(FaultKind.CutShort)]
    public async Task One_request_in_ten_may_fail(FaultKind kind)
    {
        await using var workshop = await S3Workshop.CreateAsync(s3, seed: (int)kind + 1);
        var contents = await workshop.PutAipAsync($"faults-{kind}", 12, 3_000_000);
        workshop.Proxy.Faults.Add(new Fault(kind) { Rate = 0.1 });

        var end = await workshop.RunAsync(S3Workshop.Whole($"faults-{kind}"));

        await workshop.CheckAsync(end, contents);
        Assert.True(workshop.Proxy.Counters[kind] > 0, "no request was made to fail");
    }

    [Fact]
    public async Task Many_lookups_get_through_a_server_that_throttles_now_and_then()
    {
        const int Missing = 1_000;
        await using var workshop = await S3Workshop.CreateAsync(s3);
        await workshop.PutAipAsync("looked-up", 1, 1_000);
        workshop.Proxy.Faults.Add(new Fault(FaultKind.SlowDown) { Rate = 0.03 });
        var files = Enumerable.Range(0, Missing).Select(static i => $$"""{"source":"missing/{{i}}.bin"}""").Append("""{"source":"looked-up/file-0000.bin"}""");

        var end = await workshop.RunAsync($$"""{"aipid":"looked-up","files":[{{string.Join(',', files)}}]}""", "--set=Archive:OnMissing=skip");

        Assert.True(end.ExitCode == 0, $"ended with {end.ExitCode}: {end.Log.Text}");
        Assert.True(workshop.Proxy.Counters[FaultKind.SlowDown] > Missing / 100, "no more than a few requests were throttled");
    }

    [Fact]
    public async Task A_body_that_was_damaged_on_its_way_is_sent_again()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutAipAsync("slow", 4, 3_000_000);
        workshop.Proxy.Faults.Add(new Fault(FaultKind.Reset) { Operations = ["UploadPart"], Times = 2 });

        await workshop.CheckAsync(await workshop.RunAsync(S3Workshop.Whole("slow")), contents);
    }

    [Fact]
    public async Task A_source_that_changes_meanwhile_ends_in_75_and_no_archive()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        await workshop.PutAipAsync("changing", 6, 3_000_000);
        var changed = 0;
        // The first read is held up until another version stands in its source's place.
        workshop.Proxy.Faults.Add(new Fault(FaultKind.Delay)
        {
            Operations = ["GetObject"],
            When = _ =>
            {
                if (Interlocked.Exchange(ref changed, 1) == 0)
                    s3.PutAsync("sources/changing/file-0005.bin", Some.Bytes(3_000_000, 99)).GetAwaiter().GetResult();
                return true;
            },
            Delay = TimeSpan.FromMilliseconds(1),
        });

        var end = await workshop.RunAsync(S3Workshop.Whole("changing"));

        Assert.Equal(75, end.ExitCode);
        Assert.Contains("changed while it was archived", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(await workshop.ListArchivesAsync(), static key => key.Contains("changing", StringComparison.Ordinal));
        Assert.Empty(await s3.ListUploadsAsync());
    }

    [Fact]
    public async Task A_destination_that_fails_for_good_ends_in_75_and_leaves_no_upload()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        await workshop.PutAipAsync("doomed", 6, 3_000_000);
        workshop.Proxy.Faults.Add(new Fault(FaultKind.InternalError) { Operations = ["UploadPart"], After = 1 });

        var end = await workshop.RunAsync(S3Workshop.Whole("doomed"));

        Assert.Equal(75, end.ExitCode);
        Assert.Empty(await s3.ListUploadsAsync());
    }

    [Fact]
    public async Task A_listing_stands_in_for_many_lookups()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutAipAsync("many", 200, 100);
        var request = $$"""{"aipid":"many","filenames":[{{string.Join(',', contents.Keys.Select(static name => $"\"{name}\""))}}]}""";

        await workshop.CheckAsync(await workshop.RunAsync(request), contents);

        Assert.InRange(workshop.Proxy.Counters["HeadObject"].Requests, 0, 5);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("auto")]
    public async Task Compressed_archives_go_the_same_way(string compression)
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutAipAsync($"compressed-{compression}", 8, 3_000_000);
        workshop.Proxy.Faults.Add(new Fault(FaultKind.CutShort) { Rate = 0.1 });

        await workshop.CheckAsync(await workshop.RunAsync(S3Workshop.Whole($"compressed-{compression}"), $"--set=Archive:Compression={compression}"), contents);
    }
}
