using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Engine;

/// <summary>The same request again, when something stands in the bucket where its archive should be.</summary>
public sealed class ReuseTests(S3Fixture s3) : IClassFixture<S3Fixture>
{
    private const string Deflate = "--set=Archive:Compression=deflate";

    [Fact]
    public async Task By_the_checksum_on_record_an_archive_is_proved_without_its_content()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutAipAsync("proved", 3, 3_000_000);
        await workshop.CheckAsync(await workshop.RunAsync(S3Workshop.Whole("proved")), contents);
        var before = workshop.Proxy.Counters["GetObject"];
        var (reads, bytes) = (before.Requests, before.BytesOut);

        var again = await workshop.RunAsync(S3Workshop.Whole("proved"));

        Assert.True(IsReused(again));
        await workshop.CheckAsync(again, contents);
        Assert.Equal(1, workshop.Proxy.Counters["GetObject"].Requests - reads);
        Assert.InRange(workshop.Proxy.Counters["GetObject"].BytesOut - bytes, 1, 10_000);
    }

    [Fact]
    public async Task Where_there_is_no_checksum_on_record_the_archive_is_read()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        workshop.Proxy.Aws!.ObjectChecksums = false;
        var contents = await workshop.PutAipAsync("read", 3, 3_000_000);
        await workshop.CheckAsync(await workshop.RunAsync(S3Workshop.Whole("read")), contents);
        var bytes = workshop.Proxy.Counters["GetObject"].BytesOut;

        var again = await workshop.RunAsync(S3Workshop.Whole("read"));

        Assert.True(IsReused(again));
        await workshop.CheckAsync(again, contents);
        Assert.InRange(workshop.Proxy.Counters["GetObject"].BytesOut - bytes, 9_000_000, 9_100_000);
    }

    [Theory]
    [InlineData("small", 1, true)]
    [InlineData("small-silent", 1, false)]
    [InlineData("large", 4, true)]
    [InlineData("large-silent", 4, false)]
    public async Task An_archive_of_which_four_bytes_are_others_is_made_again(string aipId, int files, bool checksums)
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        workshop.Proxy.Aws!.ObjectChecksums = checksums;
        var contents = await workshop.PutAipAsync(aipId, files, 3_000_000);
        var first = await workshop.RunAsync(S3Workshop.Whole(aipId));
        var archive = await workshop.GetArchiveAsync(first);
        new byte[4].CopyTo(archive, 1_000_000);
        await s3.PutAsync(KeyOf(first), archive);
        workshop.Proxy.Aws.MarkFullObjectCrc32(s3.Bucket, KeyOf(first), Convert.ToUInt32(ZipContent.Crc32Of(archive), 16));

        var again = await workshop.RunAsync(S3Workshop.Whole(aipId));

        Assert.False(IsReused(again));
        await workshop.CheckAsync(again, contents);
        Assert.Contains("damaged or is another file", again.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seven_bytes_are_no_compressed_archive()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        var contents = await workshop.PutAipAsync("seven", 2, 100_000);
        var first = await workshop.RunAsync(S3Workshop.Whole("seven"), Deflate);
        await s3.PutAsync(KeyOf(first), "foreign");

        var again = await workshop.RunAsync(S3Workshop.Whole("seven"), Deflate);

        Assert.False(IsReused(again));
        await workshop.CheckAsync(again, contents);
    }

    [Fact]
    public async Task A_compressed_archive_is_found_when_it_is_whole()
    {
        await using var workshop = await S3Workshop.CreateAsync(s3);
        await workshop.PutAipAsync("whole", 5, 3_000_000);
        await workshop.RunAsync(S3Workshop.Whole("whole"), Deflate);

        Assert.True(IsReused(await workshop.RunAsync(S3Workshop.Whole("whole"), Deflate)));
    }

    private static bool IsReused(ProgramEnd end) => JsonNode.Parse(end.Output)?["archive"]?["reused"]?.GetValue<bool>() ?? throw new InvalidDataException(end.Log.Text);

    private string KeyOf(ProgramEnd end) => JsonNode.Parse(end.Output)!["archive"]!["uri"]!.GetValue<string>()[$"s3://{s3.Bucket}/".Length..];
}
