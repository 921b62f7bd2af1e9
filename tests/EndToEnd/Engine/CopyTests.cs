using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Engine;

/// <summary>Archives of which S3 copies the most part itself.</summary>
public sealed class CopyTests(S3Fixture s3) : IClassFixture<S3Fixture>
{
    private const int MiB = 1 << 20;

    // Two that are copied, one that is where fillers allow it, and fillers.
    private static readonly int[] Sizes = [3_000_000, 30_000_000, 100, 12_000_000, 6_000_000, 1_000_000, 0];

    [Fact]
    public async Task Carried_or_copied_an_archive_has_the_same_bytes()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutFilesAsync("same", Sizes);

        var carried = await ArchiveAsync(workshop, "same", "carry", contents);
        var copied = await ArchiveAsync(workshop, "same", "copy", contents);
        var chosen = await ArchiveAsync(workshop, "same", "auto", contents);

        Assert.Equal(carried, copied);
        Assert.Equal(carried, chosen);
    }

    [Fact]
    public async Task What_s3_copies_does_not_pass_through_the_worker()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutFilesAsync("copied", 40 * MiB, 40 * MiB, 1_000);

        await workshop.CheckAsync(await RunAsync(workshop, "copied", "copy"), contents);

        var counters = workshop.Proxy.Counters;
        Assert.InRange(counters["GetObject"].BytesOut, 1, 10.1 * MiB);
        Assert.InRange(counters["UploadPart"].BytesIn, 1, 10.1 * MiB);
        // One of each object, and one that asks for a version that is not there.
        Assert.Equal(3, counters["UploadPartCopy"].Requests);
    }

    [Fact]
    public async Task A_server_that_tells_no_checksums_is_noticed_at_the_first_copy()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        workshop.Proxy.Aws!.CopyPartChecksums = false;
        var contents = await workshop.PutFilesAsync("untold", Sizes);

        var copied = await ArchiveAsync(workshop, "untold", "copy", contents);

        Assert.Equal(2, workshop.Proxy.Counters["UploadPartCopy"].Requests);
        Assert.Equal(await ArchiveAsync(workshop, "untold", "carry", contents), copied);
    }

    [Fact]
    public async Task A_server_that_copies_whatever_version_is_there_is_not_trusted()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        workshop.Proxy.Aws!.CopySourceConditions = false;
        var contents = await workshop.PutFilesAsync("unpinned", Sizes);

        await ArchiveAsync(workshop, "unpinned", "copy", contents);

        Assert.Equal(1, workshop.Proxy.Counters["UploadPartCopy"].Requests);
    }

    [Theory]
    [InlineData(FaultKind.AccessDenied)]
    [InlineData(FaultKind.NotImplemented)]
    public async Task Who_may_read_but_not_copy_carries(FaultKind kind)
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutFilesAsync($"denied-{kind}", Sizes);
        workshop.Proxy.Faults.Add(new Fault(kind) { Operations = ["UploadPartCopy"] });

        await ArchiveAsync(workshop, $"denied-{kind}", "copy", contents);

        Assert.InRange(workshop.Proxy.Counters["UploadPartCopy"].Requests, 1, 2);
    }

    [Fact]
    public async Task A_copy_that_is_denied_later_is_carried_in_its_part()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutFilesAsync("denied-later", Sizes);
        // The first two are the trial and the smallest.
        workshop.Proxy.Faults.Add(new Fault(FaultKind.AccessDenied) { Operations = ["UploadPartCopy"], After = 2 });

        await ArchiveAsync(workshop, "denied-later", "copy", contents);

        Assert.InRange(workshop.Proxy.Counters["UploadPartCopy"].Requests, 3, 10);
    }

    [Theory]
    [InlineData(FaultKind.InternalError)]
    [InlineData(FaultKind.SlowDown)]
    [InlineData(FaultKind.ErrorInOkAnswer)]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.AnswerLost)]
    public async Task Copies_that_fail_are_tried_again(FaultKind kind)
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutFilesAsync($"copy-{kind}", [.. Enumerable.Repeat(11 * MiB, 6)]);
        workshop.Proxy.Faults.Add(new Fault(kind) { After = 2, Times = 3, Operations = ["UploadPartCopy"] });

        await workshop.CheckAsync(await RunAsync(workshop, $"copy-{kind}", "copy"), contents);

        Assert.Equal(3, workshop.Proxy.Counters[kind]);
        Assert.InRange(workshop.Proxy.Counters["UploadPart"].BytesIn, 1, 31 * MiB);
    }

    [Fact]
    public async Task A_source_that_changes_while_it_is_copied_ends_in_75_and_no_archive()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        await workshop.PutFilesAsync("copy-changing", [.. Enumerable.Repeat(11 * MiB, 3)]);
        var copies = 0;
        // The third copy is held up until another version stands in its source's place.
        workshop.Proxy.Faults.Add(new Fault(FaultKind.Delay)
        {
            Operations = ["UploadPartCopy"],
            When = request =>
            {
                if (Interlocked.Increment(ref copies) == 3)
                    s3.PutAsync(Uri.UnescapeDataString(request.Headers["x-amz-copy-source"].ToString())[(s3.Bucket.Length + 2)..], Some.Bytes(11 * MiB, 99)).GetAwaiter().GetResult();
                return true;
            },
            Delay = TimeSpan.FromMilliseconds(1),
        });

        var end = await RunAsync(workshop, "copy-changing", "copy");

        Assert.Equal(75, end.ExitCode);
        Assert.Contains("changed while it was archived", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(await workshop.ListArchivesAsync(), static key => key.Contains("copy-changing", StringComparison.Ordinal));
        Assert.Empty(await s3.ListUploadsAsync());
    }

    [Theory]
    [InlineData("carry")]
    [InlineData("copy")]
    [InlineData("copy --set=Archive:Compression=deflate")]
    public async Task A_checksum_on_record_that_content_does_not_have_ends_in_75(string mode)
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var (aipId, arguments) = ($"recorded-{mode.Length}", $"--set=Archive:Assembly={mode}".Split(' '));
        var contents = await workshop.PutFilesAsync(aipId, 12 * MiB, 1_000);
        var key = $"sources/{aipId}/file-0000.bin";
        var request = $$"""{"aipid":"{{aipId}}","filenames":["file-0000.bin","file-0001.bin"],"timestamp":"2024-05-30T12:00:00Z"}""";
        workshop.Proxy.Aws!.MarkFullObjectCrc32(s3.Bucket, key, 0xBADF00D);

        var wrong = await workshop.RunAsync(request, arguments);

        Assert.Equal(75, wrong.ExitCode);
        Assert.Contains("0badf00d on record", wrong.Output, StringComparison.Ordinal);
        Assert.Empty(await s3.ListUploadsAsync());

        workshop.Proxy.Aws.MarkFullObjectCrc32(s3.Bucket, key, uint.Parse(ZipContent.Crc32Of(contents["file-0000.bin"]), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        await workshop.CheckAsync(await workshop.RunAsync(request, arguments), contents);
    }

    [Fact]
    public async Task A_copy_with_a_wrong_checksum_makes_no_archive()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        await workshop.PutFilesAsync("misread", 12 * MiB, 12 * MiB, 12 * MiB);
        workshop.Proxy.Faults.Add(new Fault(FaultKind.WrongChecksum) { Operations = ["UploadPartCopy"], After = 2, Times = 1 });

        var end = await RunAsync(workshop, "misread", "copy");

        Assert.Equal(75, end.ExitCode);
        Assert.DoesNotContain(await workshop.ListArchivesAsync(), static key => key.Contains("misread", StringComparison.Ordinal));
        Assert.Empty(await s3.ListUploadsAsync());
    }

    [Fact]
    public async Task A_version_is_copied_by_its_id_and_from_another_bucket()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        await using var other = await OtherBucket.CreateAsync(s3);
        var content = Some.Bytes(12 * MiB);
        await other.PutAsync("a folder/ä+b?.bin", content);
        string? copied = null;
        workshop.Proxy.Faults.Add(new Fault(FaultKind.Delay)
        {
            Operations = ["UploadPartCopy"],
            When = request => (copied = request.Headers["x-amz-copy-source"].ToString()) is null,
        });

        var end = await workshop.RunAsync($$"""{"aipid":"other","files":[{"source":"s3://{{other.Name}}/a folder/ä+b?.bin"}]}""", "--set=Archive:Assembly=copy");

        await workshop.CheckAsync(end, new Dictionary<string, byte[]> { ["ä+b?.bin"] = content });
        Assert.Contains("?versionId=", copied, StringComparison.Ordinal);
        Assert.InRange(workshop.Proxy.Counters["GetObject"].BytesOut, 1, 5.1 * MiB);
    }

    [Fact]
    public async Task What_the_plan_says_is_what_is_done()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutFilesAsync("planned", Sizes);

        var end = await RunAsync(workshop, "planned", "copy", "--plan", "--json");

        Assert.Equal(0, end.ExitCode);
        var way = JsonNode.Parse(end.Output)!["ways"]!.AsArray().Single(static way => way!["mode"]!.GetValue<string>() == "copy")!;
        var counters = workshop.Proxy.Counters;
        Assert.Equal(0, counters["GetObject"].Requests + counters["CreateMultipartUpload"].Requests);

        await workshop.CheckAsync(await RunAsync(workshop, "planned", "copy"), contents);

        Assert.Equal(way["carriedBytes"]!.GetValue<long>(), counters["UploadPart"].BytesIn);
        foreach (var operation in new[] { "GetObject", "UploadPart", "UploadPartCopy", "CreateMultipartUpload", "CompleteMultipartUpload", "ListMultipartUploads" })
            Assert.Equal((operation, way["requests"]![operation]!.GetValue<int>()), (operation, counters[operation].Requests));
    }

    private static Task<ProgramEnd> RunAsync(S3Workshop workshop, string aipId, string mode, params string[] arguments) =>
        workshop.RunAsync(S3Workshop.Whole(aipId), [$"--set=Archive:Assembly={mode}", .. arguments]);

    /// <summary>Archives into a place of this mode's own, as the key is the same in all.</summary>
    private async Task<byte[]> ArchiveAsync(S3Workshop workshop, string aipId, string mode, IReadOnlyDictionary<string, byte[]> contents)
    {
        var end = await RunAsync(workshop, aipId, mode, $"--set=Destination:Location=s3://{s3.Bucket}/archives/{mode}");
        await workshop.CheckAsync(end, contents);
        return await workshop.GetArchiveAsync(end);
    }

    private sealed class OtherBucket(S3Fixture s3) : IAsyncDisposable
    {
        public string Name { get; } = Unique.Name("archiver-other");

        public static async Task<OtherBucket> CreateAsync(S3Fixture s3)
        {
            var bucket = new OtherBucket(s3);
            await s3.Client.PutBucketAsync(bucket.Name);
            await s3.Client.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = bucket.Name, VersioningConfig = new() { Status = "Enabled" } });
            return bucket;
        }

        public async Task PutAsync(string key, byte[] content)
        {
            using var body = new MemoryStream(content);
            await s3.Client.PutObjectAsync(new PutObjectRequest { BucketName = Name, Key = key, InputStream = body });
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var version in (await s3.Client.ListVersionsAsync(Name)).Versions ?? [])
                await s3.Client.DeleteObjectAsync(Name, version.Key, version.VersionId);
            await s3.Client.DeleteBucketAsync(Name);
        }
    }
}
