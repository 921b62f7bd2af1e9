using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.CommandLine;

/// <summary>archiver demo: the whole way once, in a folder where nothing is.</summary>
public sealed class DemoTests : IDisposable
{
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["data/readings.csv,trial1.txt,trial2.txt"] = ["mds2909/data/readings.csv", "mds2909/trial1.txt", "mds2909/trial2.txt"],
        ["trial1.txt,trial2.txt"] = ["mds2909/trial1.txt", "mds2909/trial2.txt"],
        ["album_1/uuid1.png,album_1/uuid2.png,album_2/cover.png"] =
            ["example-directory/uuid1.png", "example-directory/uuid2.png", "example-directory/uuid3.png"],
        ["Ferien 2024/Sonnenaufgang über Köln (日の出).png,Ferien 2024/Lies mich.txt,Ferien 2024/Lies mich (2).txt"] =
            ["holiday/Sonnenaufgang über Köln (日の出).png", "holiday/Lies mich.txt", "holiday/Lies mich.txt"],
    };

    private readonly TestFolder _folder = new();

    // As in a checkout: the programs may have been published elsewhere.
    public DemoTests() => Directory.CreateSymbolicLink(_folder["samples"], Path.Combine(Repository.Root, "samples"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_shows_archives_completions_and_the_one_that_is_invalid_on_purpose()
    {
        var end = await RunAsync("demo");

        Assert.Equal(0, end.ExitCode);
        Assert.All(Archives(), archive => Assert.Contains(archive, end.Output, StringComparison.Ordinal));
        Assert.Contains("\"success\":true", end.Output, StringComparison.Ordinal);
        Assert.Contains("\"success\":false", end.Output, StringComparison.Ordinal);
        Assert.Contains("urgent", end.Output, StringComparison.Ordinal);
        Assert.Contains("requests-dead", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_archives_hold_the_samples_byte_for_byte_and_again_when_it_is_run_again()
    {
        foreach (var _ in (int[])[1, 2])
        {
            var end = await RunAsync("--json", "demo");
            Assert.Equal(0, end.ExitCode);
            var report = JsonNode.Parse(end.Output)!;
            Assert.Single(report["rejected"]!.AsArray());
            var completions = report["completions"]!.AsArray();
            Assert.Equal(Directory.GetFiles(Path.Combine(Repository.Root, "samples/requests")).Length, completions.Count);

            foreach (var completion in completions.Where(static completion => completion!["success"]!.GetValue<bool>()))
            {
                var entries = ZipContent.Read(await File.ReadAllBytesAsync(new Uri(completion!["archive"]!["uri"]!.GetValue<string>()).LocalPath, TestContext.Current.CancellationToken));
                var sources = Expected[string.Join(',', entries.Select(static entry => entry.Name))];
                Assert.Equal(sources.Select(HashOfSample), entries.Select(static entry => Hash(entry.Content)));
            }
        }
    }

    [Fact]
    public async Task Its_archives_are_accepted_by_every_unzipper()
    {
        await RunAsync("demo");

        Assert.NotEmpty(Archives());
        foreach (var archive in Archives())
        {
            await AssertAcceptsAsync("unzip", "-t", archive);
            await AssertAcceptsAsync("7z", "t", archive);
            await AssertAcceptsAsync("bsdtar", "-tf", archive);
            await AssertAcceptsAsync("python3", "-c", "import sys, zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)", archive);
        }
    }

    private static string HashOfSample(string source) => Hash(File.ReadAllBytes(Path.Combine(Repository.Root, "samples/files", source)));

    private static string Hash(byte[] content) => Convert.ToHexString(SHA256.HashData(content));

    private string[] Archives() => Directory.GetFiles(_folder["data/demo/archives"], "*.zip", SearchOption.AllDirectories);

    private async Task AssertAcceptsAsync(string program, params string[] arguments)
    {
        // bsdtar shows no name that the locale cannot.
        var end = await ProgramUnderTest.RunAsync(program, arguments, _folder.Path, new Dictionary<string, string?> { ["LC_ALL"] = "C.UTF-8" });
        Assert.True(end.ExitCode == 0, $"{program} ended with {end.ExitCode}: {end.Output}{end.Log.Text}");
    }

    private Task<ProgramEnd> RunAsync(params string[] arguments) => ProgramUnderTest.RunAsync(Repository.Cli, arguments, _folder.Path);
}
