using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Engine;

/// <summary>Processors that were killed, and the next try, which goes on where they were.</summary>
public sealed class ResumeTests(S3Fixture s3) : IClassFixture<S3Fixture>
{
    private const int MiB = 1 << 20;

    [Fact]
    public async Task Of_an_archive_of_1_GiB_only_what_is_missing_is_sent()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        await workshop.PutFilesAsync("gib", [.. Enumerable.Repeat(256 * MiB, 4)]);
        const string Carry = "--set=Archive:Assembly=carry";
        const string Budget = "--set=Processor:MemoryBudget=64MiB";
        var there = await KillAsync(workshop, "gib", 20, "UploadPart", Carry, Budget);
        var before = workshop.Proxy.Counters;
        var (sent, received) = (before["UploadPart"].Requests, before["GetObject"].BytesOut);

        var end = await workshop.RunAsync(S3Workshop.Whole("gib"), Carry, Budget);
        var archive = await workshop.GetArchiveAsync(end);

        Assert.InRange(archive.Length, 1024L * MiB, 1025L * MiB);
        Assert.InRange(there, 10, 30);
        var parts = PartsOf(end);
        Assert.Equal(parts - there, workshop.Proxy.Counters["UploadPart"].Requests - sent);
        // Of what is there only parts with headers are read again.
        Assert.InRange(workshop.Proxy.Counters["GetObject"].BytesOut - received, 0, (parts - there + 5) * 16L * MiB);
        Assert.Equal(ZipContent.Crc32Of(archive), JsonNode.Parse(end.Output)!["archive"]!["crc"]?.GetValue<string>());
        Assert.Empty(await s3.ListUploadsAsync());
    }

    [Fact]
    public async Task What_was_copied_is_not_copied_again()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutFilesAsync("recopied", [.. Enumerable.Repeat(30 * MiB, 6), 1_000_000]);
        const string Copy = "--set=Archive:Assembly=copy";
        var there = await KillAsync(workshop, "recopied", 4, "UploadPartCopy", Copy);
        var sent = workshop.Proxy.Counters["UploadPart"].Requests + workshop.Proxy.Counters["UploadPartCopy"].Requests;

        await workshop.CheckAsync(await workshop.RunAsync(S3Workshop.Whole("recopied"), Copy), contents);

        var again = workshop.Proxy.Counters["UploadPart"].Requests + workshop.Proxy.Counters["UploadPartCopy"].Requests - sent;
        // 6 copies, 6 gaps before them and the directory; and one trial of whether the server looks at versions.
        Assert.Equal(13 - there + 1, again);
    }

    [Fact]
    public async Task A_server_without_checksums_is_asked_for_nothing_twice_either()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        workshop.Proxy.Aws!.ListedChecksums = false;
        workshop.Proxy.Aws.CopyPartChecksums = false;
        var contents = await workshop.PutFilesAsync("unsummed", [.. Enumerable.Repeat(12 * MiB, 6)]);
        const string Copy = "--set=Archive:Assembly=copy";
        // The parts of the first plan are copied; those of the second, which carries, are counted.
        var there = await KillAsync(workshop, "unsummed", 6, "UploadPart", Copy);
        var (sent, copied) = (workshop.Proxy.Counters["UploadPart"].Requests, workshop.Proxy.Counters["UploadPartCopy"].Requests);

        var end = await workshop.RunAsync(S3Workshop.Whole("unsummed"), Copy);
        await workshop.CheckAsync(end, contents);

        Assert.Equal(PartsOf(end) - there, workshop.Proxy.Counters["UploadPart"].Requests - sent);
        Assert.Equal(copied, workshop.Proxy.Counters["UploadPartCopy"].Requests);
    }

    [Fact]
    public async Task Parts_of_another_plan_are_not_gone_on_with()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutFilesAsync("replanned", [.. Enumerable.Repeat(30 * MiB, 4)]);
        await KillAsync(workshop, "replanned", 4, "UploadPart", "--set=Archive:Assembly=carry");

        await workshop.CheckAsync(await workshop.RunAsync(S3Workshop.Whole("replanned"), "--set=Archive:Assembly=carry", "--set=Processor:MemoryBudget=64MiB"), contents);
    }

    // As the log tells of the plan that was carried out.
    private static int PartsOf(ProgramEnd end) =>
        JsonNode.Parse(end.Log.Text.Split('\n').Last(static line => line.Contains("Storing {Bytes} bytes", StringComparison.Ordinal)))!["Parts"]!.GetValue<int>();

    /// <summary>Kills a processor when so many parts of a kind are stored and the next are held up.</summary>
    /// <returns>How many parts are stored.</returns>
    private async Task<int> KillAsync(S3Workshop workshop, string aipId, int after, string operation, params string[] arguments)
    {
        workshop.Proxy.Faults.Add(new Fault(FaultKind.Delay) { Operations = [operation], After = after, Delay = Timeout.InfiniteTimeSpan });
        await using (var processor = workshop.Start(S3Workshop.Whole(aipId), arguments))
        {
            await processor.EventuallyAsync("a part is held up", () => workshop.Proxy.Counters[FaultKind.Delay] > 0);
            await SettleAsync();
            processor.Signal("KILL");
            await processor.WaitForExitAsync();
        }
        workshop.Proxy.Faults.Clear();
        return await SettleAsync();
    }

    // What is not held up goes on for a while.
    private async Task<int> SettleAsync()
    {
        var (count, same) = (-1, 0);
        await Eventually.IsTrueAsync("no more parts come", async () =>
        {
            var upload = Assert.Single(await s3.ListUploadsAsync());
            var parts = (await s3.Client.ListPartsAsync(s3.Bucket, upload.Key, upload.UploadId)).Parts?.Count ?? 0;
            same = parts == count ? same + 1 : 0;
            count = parts;
            return same == 10;
        });
        return count;
    }
}
