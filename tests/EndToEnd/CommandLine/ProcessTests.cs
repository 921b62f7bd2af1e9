using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.CommandLine;

/// <summary>archiver process: the processor by hand, without any queue.</summary>
public sealed class ProcessTests : IAsyncLifetime
{
    private Site _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await Site.CreateAsync(SiteKind.SqliteAndFolders);
        await _site.PutSourceAsync("mds2909/trial1.txt", "first"u8.ToArray());
        await _site.PutSourceAsync("mds2909/trial2.txt", "second"u8.ToArray());
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task A_request_on_standard_input_becomes_an_archive_and_one_result()
    {
        var end = await _site.RunCliAsync(["process", "--aipid", "mds2909"], File.ReadAllText(Path.Combine(Repository.Root, "samples/requests/aip.json")));

        Assert.Equal(0, end.ExitCode);
        var result = JsonNode.Parse(Assert.Single(end.Output.Split('\n')))!;
        var entries = ZipContent.Read(await _site.GetArchiveAsync(_site.KeyOf(result["archive"]!["uri"]!.GetValue<string>())));
        Assert.Equal([("trial1.txt", "first"), ("trial2.txt", "second")], entries.Select(entry => (entry.Name, System.Text.Encoding.UTF8.GetString(entry.Content))));
        Assert.All(end.Log.Events, line => Assert.Equal("mds2909", line.AipId));
    }

    [Theory]
    [InlineData(64, "--aipid another", """{"aipid":"mds2909"}""")]
    [InlineData(64, "--no-such-option", "")]
    [InlineData(65, "", "no JSON")]
    [InlineData(65, "", """{"aipid":"mds2909","priority":"urgent"}""")]
    [InlineData(66, "", """{"aipid":"mds2909","filenames":["nowhere.txt"]}""")]
    [InlineData(66, "", """{"aipid":"nobody"}""")]
    [InlineData(78, "--set Destination:Location=no/such/form", """{"aipid":"mds2909"}""")]
    public async Task A_failure_ends_with_its_code(int code, string arguments, string request)
    {
        var end = await _site.RunCliAsync(["process", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)], request);

        Assert.Equal(code, end.ExitCode);
        Assert.NotEmpty(end.Log.All);
        if (end.Output.Length > 0)
            Assert.Equal(code, JsonNode.Parse(end.Output)!["error"]!["exit_code"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_plan_stores_nothing_and_says_what_would_be()
    {
        var table = await _site.RunCliAsync(["plan", "--aipid", "mds2909"], """{"aipid":"mds2909"}""");
        var json = await _site.RunCliAsync(["--json", "plan"], """{"aipid":"mds2909"}""");

        Assert.Equal((0, 0), (table.ExitCode, json.ExitCode));
        Assert.Contains("2 entries, 11 bytes", table.Output, StringComparison.Ordinal);
        var estimate = JsonNode.Parse(json.Output)!;
        Assert.Equal((2, 11, false), (estimate["entries"]!.GetValue<int>(), estimate["contentBytes"]!.GetValue<int>(), estimate["isStored"]!.GetValue<bool>()));
        Assert.False(Directory.Exists(Path.Combine(_site.Folder.Path, "archives")) && Directory.EnumerateFileSystemEntries(Path.Combine(_site.Folder.Path, "archives")).Any());
    }

    [Fact]
    public async Task A_destination_that_cannot_be_written_is_73()
    {
        _site.Folder.Put("archives", "a file where the folder should be");
        var end = await _site.RunCliAsync(["process"], """{"aipid":"mds2909"}""");

        Assert.Equal(73, end.ExitCode);
    }
}
