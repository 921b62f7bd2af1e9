using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Engine;

/// <summary>Processors that are stopped, killed, or at work on the same archive.</summary>
public sealed class EndsTests(S3Fixture s3) : IClassFixture<S3Fixture>
{
    [Fact]
    public async Task A_stop_aborts_the_upload_and_ends_in_143()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        await workshop.PutAipAsync("stopped", 8, 3_000_000);
        using var held = HoldUploads(workshop);

        await using var processor = workshop.Start(S3Workshop.Whole("stopped"));
        await processor.EventuallyAsync("a part is on its way", () => workshop.Proxy.Counters["UploadPart"].Requests > 0);
        processor.Signal("TERM");
        var end = await processor.WaitForExitAsync();

        Assert.Equal(143, end.ExitCode);
        Assert.Contains("\"code\":\"SIGTERM\"", end.Output, StringComparison.Ordinal);
        Assert.Empty(await s3.ListUploadsAsync());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public async Task A_stop_while_an_upload_is_being_begun_leaves_none(int seconds)
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        await workshop.PutAipAsync("beginning", 8, 3_000_000);
        workshop.Proxy.Faults.Add(new Fault(FaultKind.LateAnswer) { Operations = ["CreateMultipartUpload"], Delay = TimeSpan.FromSeconds(seconds) });

        await using var processor = workshop.Start(S3Workshop.Whole("beginning"));
        await processor.EventuallyAsync("the upload is begun", async () => (await s3.ListUploadsAsync()).Count > 0);
        processor.Signal("TERM");

        Assert.Equal(143, (await processor.WaitForExitAsync()).ExitCode);
        Assert.Empty(await s3.ListUploadsAsync());
    }

    [Fact]
    public async Task What_a_killed_processor_left_is_cleared_by_the_next_try()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutAipAsync("killed", 8, 3_000_000);
        using (HoldUploads(workshop))
        {
            await using var processor = workshop.Start(S3Workshop.Whole("killed"));
            await processor.EventuallyAsync("a part is on its way", () => workshop.Proxy.Counters["UploadPart"].Requests > 0);
            processor.Signal("KILL");
            await processor.WaitForExitAsync();
        }
        Assert.Single(await s3.ListUploadsAsync());

        await workshop.CheckAsync(await workshop.RunAsync(S3Workshop.Whole("killed")), contents);
    }

    [Fact]
    public async Task Two_processors_at_one_archive_do_each_other_no_harm()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutAipAsync("shared", 8, 3_000_000);

        var both = await Task.WhenAll(workshop.RunAsync(S3Workshop.Whole("shared")), workshop.RunAsync(S3Workshop.Whole("shared")));

        Assert.Contains(both, static end => end.ExitCode == 0);
        Assert.All(both, static end => Assert.True(end.ExitCode is 0 or 75, end.Log.Text));
        var last = await workshop.RunAsync(S3Workshop.Whole("shared"));
        Assert.Equal(contents.Keys, ZipContent.Read(await workshop.GetArchiveAsync(last)).Select(static entry => entry.Name));
        Assert.Empty(await s3.ListUploadsAsync());
    }

    private static HeldUploads HoldUploads(S3Workshop workshop)
    {
        workshop.Proxy.Faults.Add(new Fault(FaultKind.Delay) { Operations = ["UploadPart"], Delay = Timeout.InfiniteTimeSpan });
        return new HeldUploads(workshop.Proxy);
    }

    private sealed class HeldUploads(FaultProxy proxy) : IDisposable
    {
        public void Dispose() => proxy.Faults.Clear();
    }
}
