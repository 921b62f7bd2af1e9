using System.Text.Json.Nodes;
using Archiver.EndToEnd.Samples;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.EndToEnd.Support.Sites;

namespace Archiver.EndToEnd.Published;

/// <summary>The programs as they are installed.</summary>
public sealed class PublishedProgramsTests(PublishedPrograms programs) : IClassFixture<PublishedPrograms>
{
    [Fact]
    public async Task The_poller_works_by_environment_variables_alone()
    {
        await using var site = await Site.CreateAsync(SiteKind.SqsAndS3);
        foreach (var (_, source) in SampleMessages.Valid["request-aip-filenames.json"])
            await site.PutSourceAsync(source, SampleMessages.ContentOf(source));
        await site.Requests.SendAsync(SampleMessages.Read("request-aip-filenames.json"));
        await site.Requests.SendAsync(SampleMessages.Read("invalid-priority.json"));

        var end = await ProgramUnderTest.RunAsync(programs.Poller, ["--drain"], site.Folder.Path, site.Settings);

        Assert.Equal(0, end.ExitCode);
        var completions = await site.Completions.TakeAllAsync();
        Assert.Equal(2, completions.Count);
        var archived = Assert.Single(completions, static message => message.Success);
        Assert.Equal(
            SampleMessages.Valid["request-aip-filenames.json"].Select(static entry => (entry.Entry, Convert.ToHexString(SampleMessages.ContentOf(entry.Source)))),
            ZipContent.Read(await site.GetArchiveAsync(site.KeyOf(archived.Text("archive.uri")!))).Select(static entry => (entry.Name, Convert.ToHexString(entry.Content))));
        Assert.Contains("urgent", Assert.Single(await site.DeadLetters.TakeAllAsync()).Reason, StringComparison.Ordinal);
        Assert.Empty(await site.Requests.TakeAllAsync());
    }

    [Fact]
    public async Task The_processor_is_native_and_needs_nothing_but_the_system()
    {
        Assert.False(File.Exists(programs.Processor + ".dll"));
        using var folder = new TestFolder();
        var end = await ProgramUnderTest.RunAsync(programs.Processor, ["--help"], folder.Path, [new("DOTNET_ROOT", folder.Path)]);
        Assert.Equal(0, end.ExitCode);
        Assert.Contains("--aipid", end.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_line_finds_its_processor_and_its_configuration()
    {
        using var folder = new TestFolder();
        folder.Put("sources/mds2909/a.txt", "text");
        var end = await ProgramUnderTest.RunAsync(
            programs.Cli, ["--set", "Source:Location=./sources", "--set", "Destination:Location=./out", "process", "--aipid", "mds2909"], folder.Path, input: """{"aipid":"mds2909"}""");

        Assert.Equal(0, end.ExitCode);
        Assert.True(File.Exists(new Uri(JsonNode.Parse(end.Output)!["archive"]!["uri"]!.GetValue<string>()).LocalPath));
        Assert.Contains(Path.Combine(programs.Folder, "config/local.json"), (await ProgramUnderTest.RunAsync(programs.Cli, ["config"], folder.Path)).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config/local.json", "config/local.json")]
    [InlineData("config/aws.json", "config/aws.json")]
    [InlineData("schemas/archive-request.schema.json", "schemas/archive-request.schema.json")]
    [InlineData("schemas/archive-completion.schema.json", "schemas/archive-completion.schema.json")]
    public void Configuration_and_schemas_come_with_them(string published, string source) =>
        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, source)), File.ReadAllText(Path.Combine(programs.Folder, published)));
}
