using System.Text;
using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Deploy;

/// <summary>The programs in the files of the container image: a root that cannot be written, a user without rights, nothing else of a system.</summary>
public sealed class ContainerTests(ContainerRoot root) : IClassFixture<ContainerRoot>, IDisposable
{
    private readonly TestFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void There_is_no_shell_and_nothing_that_could_be_one()
    {
        var folders = root.Files().Select(static file => file.Split('/')[1]).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["etc", "lib", "lib64", "opt", "usr"], folders);
        Assert.DoesNotContain(root.Files(), static file => file.Contains("/bin/", StringComparison.Ordinal) || file.EndsWith("/sh", StringComparison.Ordinal));
    }

    [Fact]
    public void The_user_of_the_image_is_in_it() =>
        Assert.StartsWith($"archiver:x:{ContainerRoot.UserId}:", Assert.Single(File.ReadAllLines(Path.Combine(root.Path, "etc/passwd"))), StringComparison.Ordinal);

    [Fact]
    public async Task The_processor_makes_an_archive_over_folders()
    {
        _data.Put("sources/mds2909/a.txt", "text");

        var end = await root.RunAsync(
            "archiver-processor", ["--aipid=mds2909"], _data, Settings(("Source__Location", "/data/sources"), ("Destination__Location", "/data/archives")), """{"aipid":"mds2909"}""");

        Assert.True(end.ExitCode == 0, end.Log.Text);
        var archive = new Uri(JsonNode.Parse(end.Output)!["archive"]!["uri"]!.GetValue<string>()).LocalPath;
        Assert.Equal("text", Encoding.UTF8.GetString(Assert.Single(ZipContent.Read(File.ReadAllBytes(_data[Path.GetRelativePath("/data", archive)]))).Content));
    }

    [Fact]
    public async Task The_root_cannot_be_written()
    {
        _data.Put("sources/mds2909/a.txt", "text");

        var end = await root.RunAsync(
            "archiver-processor", ["--aipid=mds2909"], _data, Settings(("Source__Location", "/data/sources"), ("Destination__Location", "/opt/archives")), """{"aipid":"mds2909"}""");

        Assert.Equal(73, end.ExitCode);
        Assert.Contains("Read-only file system", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_poller_drains_a_queue_of_SQS_and_archives_in_S3()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqsAndS3);
        await site.PutSourceAsync("mds2909/a.txt", [1, 2, 3]);
        await site.Requests.SendAsync("""{"aipid":"mds2909"}""");

        var end = await root.RunAsync("archiver-poller", ["--drain"], _data, site.Settings);

        Assert.True(end.ExitCode == 0, end.Log.Text);
        var completion = Assert.Single(await site.Completions.TakeAllAsync());
        Assert.True(completion.Success, end.Log.Text);
        Assert.Equal([1, 2, 3], Assert.Single(ZipContent.Read(await site.GetArchiveAsync(site.KeyOf(completion.Text("archive.uri")!)))).Content);
    }

    [Fact]
    public async Task It_speaks_TLS_with_a_server_that_it_trusts()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqsAndS3);
        await site.PutSourceAsync("mds2909/a.txt", [1, 2, 3]);
        await using var relay = new TlsRelay(Endpoints.S3Url);
        _data.Put("trusted.pem", relay.Certificate);

        var end = await root.RunAsync(
            "archiver-processor", ["--aipid=mds2909"], _data,
            site.Settings.Concat(Settings(("AWS_ENDPOINT_URL_S3", relay.Url), ("SSL_CERT_FILE", "/data/trusted.pem"))), """{"aipid":"mds2909"}""");

        Assert.True(end.ExitCode == 0, end.Log.Text);
        Assert.Single(await site.ListArchivesAsync());
    }

    [Fact]
    public async Task It_does_not_trust_a_server_because_nobody_told_it_not_to()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqsAndS3);
        await using var relay = new TlsRelay(Endpoints.S3Url);

        var end = await root.RunAsync("archiver-processor", ["--check"], _data, site.Settings.Concat(Settings(("AWS_ENDPOINT_URL_S3", relay.Url))));

        Assert.NotEqual(0, end.ExitCode);
        Assert.Contains("certificate", end.Output, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings(params (string Name, string? Value)[] settings) =>
        settings.Select(static setting => KeyValuePair.Create(setting.Name, setting.Value));
}
