using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Archiver.EndToEnd.Deploy;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Published;

/// <summary>What build.sh --release makes, unpacked.</summary>
public sealed partial class ReleaseTests(Release release, PublishedPrograms programs) : IClassFixture<Release>, IClassFixture<PublishedPrograms>
{
    [Fact]
    public async Task It_runs_the_demo_where_nothing_else_is()
    {
        var end = await ProgramUnderTest.RunAsync(Path.Combine(release.Folder, "archiver"), ["demo"], release.Folder);

        Assert.Equal(0, end.ExitCode);
        Assert.Equal(4, Directory.GetFiles(Path.Combine(release.Folder, "data/demo/archives"), "*.zip", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Every_file_has_its_checksum()
    {
        var sums = File.ReadAllLines(Path.Combine(release.Folder, "SHA256SUMS")).ToDictionary(static line => line[66..], static line => line[..64]);

        var files = release.Files.Where(static file => file != "SHA256SUMS").ToList();
        Assert.Equal(files.Order(StringComparer.Ordinal), sums.Keys.Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(release.Folder, file)))), sums[file]));
    }

    [Fact]
    public void Its_programs_have_the_same_bytes_as_another_build_elsewhere()
    {
        var published = Directory.GetFiles(programs.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(programs.Folder, file)).ToList();

        Assert.Contains("archiver-processor", published);
        Assert.All(published, file => Assert.True(File.ReadAllBytes(Path.Combine(programs.Folder, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(release.Folder, file))), file));
    }

    [Theory]
    [InlineData("archiver-poller.deps.json")]
    [InlineData("archiver.deps.json")]
    public void Every_package_of_its_programs_is_in_the_bill_of_materials_and_has_its_license(string dependencies)
    {
        var packages = JsonNode.Parse(File.ReadAllText(Path.Combine(release.Folder, dependencies)))!["libraries"]!.AsObject()
            .Where(static library => library.Value!["type"]!.GetValue<string>() == "package")
            .Select(static library => library.Key)
            .Where(library => IsDelivered(dependencies, library)).ToList();
        var bill = JsonNode.Parse(File.ReadAllText(Path.Combine(release.Folder, "sbom.cdx.json")))!["components"]!.AsArray().Select(static component => component!["purl"]!.GetValue<string>()).ToHashSet();
        var licenses = File.ReadAllText(Path.Combine(release.Folder, "THIRD-PARTY-LICENSES.txt"));

        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains($"pkg:nuget/{package.Replace('/', '@')}", bill));
        Assert.All(packages, package => Assert.Contains($"\n{package.Replace('/', ' ')}\n", licenses, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_native_processor_contains_is_in_the_bill_of_materials()
    {
        var names = JsonNode.Parse(File.ReadAllText(Path.Combine(release.Folder, "sbom.cdx.json")))!["components"]!.AsArray().Select(static component => component!["name"]!.GetValue<string>()).ToList();

        Assert.Contains("AWSSDK.S3", names);
        Assert.Contains(names, static name => name.StartsWith("Microsoft.NETCore.App.Runtime.NativeAOT.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SHA-512", "SHA-512", 0)]
    [InlineData("SHA-512", "SHA-513", 1)]
    public async Task The_bill_of_materials_is_of_the_form_that_its_readers_ask_for(string text, string spoiled, int exitCode)
    {
        using var folder = new TestFolder();
        var bill = await File.ReadAllTextAsync(Path.Combine(release.Folder, "sbom.cdx.json"), TestContext.Current.CancellationToken);

        var end = await Validator.RunAsync("cyclonedx.mjs", folder.Put("sbom.cdx.json", bill.Replace(text, spoiled, StringComparison.Ordinal)));

        Assert.Equal(exitCode, end.ExitCode);
    }

    [Fact]
    public void The_pages_of_those_who_run_it_lead_to_pages_that_are_there()
    {
        var pages = release.Files.Where(static file => file is "RELEASE.md" or "docs/operations.md" || (file.StartsWith("deploy/", StringComparison.Ordinal) && file.EndsWith(".md", StringComparison.Ordinal)));
        var links = pages.SelectMany(page => Link().Matches(File.ReadAllText(Path.Combine(release.Folder, page))).Select(link => Path.Combine(release.Folder, Path.GetDirectoryName(page)!, link.Groups[1].Value))).ToList();

        Assert.NotEmpty(links);
        Assert.All(links, static link => Assert.True(Path.Exists(link), link));
    }

    // To a page of the release, without the place in it.
    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)")]
    private static partial Regex Link();

    // Some packages only lead to others.
    private bool IsDelivered(string dependencies, string library) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(release.Folder, dependencies)))!["targets"]!.AsObject()
            .Any(target => target.Value![library] is JsonObject files && (files.ContainsKey("runtime") || files.ContainsKey("native")));
}
