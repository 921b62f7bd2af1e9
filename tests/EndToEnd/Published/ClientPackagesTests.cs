using System.Text.RegularExpressions;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;
using Archiver.Queues;
using Archiver.Queues.Sqlite;

namespace Archiver.EndToEnd.Published;

/// <summary>The client packages as their users have them: restored from a feed into a program of their own.</summary>
public sealed partial class ClientPackagesTests(ClientPackages packages) : IClassFixture<ClientPackages>, IDisposable
{
    private const string Completion =
        """{"action":"archive","aipid":"a","timestamp":"2024-05-30T14:30:00Z","priority":"medium","success":true,"message":"Done.","metadata":{},"archive":{"uri":"s3://archives/a.zip","url":"https://archives.example/a.zip","bytes":1,"files":1}}""";

    private static readonly string[] Ids = ["Archiver.Contract", "Archiver.Queues"];

    private readonly TestFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_command_makes_both_with_their_symbols() => Assert.Equal(
        Ids.SelectMany(id => new[] { $"{id}.{packages.Version}.nupkg", $"{id}.{packages.Version}.snupkg" }),
        Directory.GetFiles(packages.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Archiver.Contract")]
    [InlineData("Archiver.Queues", "AWSSDK.Core", "AWSSDK.SQS", "AWSSDK.SecurityToken", "Archiver.Contract", "Microsoft.Data.Sqlite")]
    public void A_package_says_what_it_is_and_needs_no_more_than_its_users_do(string id, params string[] needed)
    {
        var metadata = packages.Metadata(id);

        Assert.Equal(needed, metadata.Descendants("dependency").Select(static one => one.Attribute("id")!.Value).Order(StringComparer.Ordinal));
        Assert.Equal("MIT", metadata.Element("license")!.Value);
        Assert.NotEqual("Package Description", metadata.Element("description")!.Value);
        using var package = packages.Open(id);
        Assert.NotNull(package.GetEntry(metadata.Element("readme")!.Value));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.dll"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{id}.xml"));
    }

    [Fact]
    public async Task The_examples_of_the_readme_compile_and_run_in_a_program_of_somebody_else()
    {
        PutProgram(Examples());
        var end = await ClientPackages.RunAsync(
            _folder.Path, "build", "-o", _folder["bin"], $"-p:RestoreAdditionalProjectSources={packages.Folder}", $"-p:RestorePackagesPath={_folder["restored"]}", $"-p:RestoreFallbackFolders={Restored}");
        Assert.True(end.ExitCode == 0, end.Output);
        await using (var completions = new SqliteMessageQueue($"sqlite:{_folder["data/queue.db"]}#completions"))
            await completions.SendAsync(new OutgoingMessage(Completion), Token);

        var asked = await RunExampleAsync("SqliteMessageQueue");
        var mocked = await RunExampleAsync("MockArchiveClient");

        await using var requests = new SqliteMessageQueue($"sqlite:{_folder["data/queue.db"]}#requests");
        var request = Assert.Single(await requests.ReceiveAsync(10, TimeSpan.Zero, Token));
        Assert.Equal($"Requested as {request.MessageId}\nhttps://archives.example/a.zip", asked);
        Assert.Contains("s3://photos/2024/beach.jpg", request.Body, StringComparison.Ordinal);
        Assert.Equal("s3://photos/2024/beach.jpg does not exist", mocked);
    }

    /// <summary>Where the packages are that these tests were built with; none is fetched again.</summary>
    private static string Restored => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private List<string> Examples()
    {
        using var package = packages.Open("Archiver.Queues");
        using var readme = new StreamReader(package.GetEntry("README.md")!.Open());
        return [.. CodeBlock().Matches(readme.ReadToEnd()).Select(static block => block.Groups[1].Value)];
    }

    /// <summary>Each example in a namespace of its own, so that it has the usings that it shows and no others.</summary>
    private void PutProgram(List<string> examples)
    {
        Assert.Equal(3, examples.Count);
        var cases = new List<string>();
        foreach (var (i, example) in examples.Index())
        {
            var usings = example.Split('\n').Where(static line => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=', StringComparison.Ordinal)).ToList();
            _folder.Put($"Example{i}.cs", $$"""
                namespace Example{{i}}
                {
                    {{string.Join('\n', usings)}}
                    internal static class Example
                    {
                        public static async Task RunAsync()
                        {
                            {{string.Join('\n', example.Split('\n').Where(line => !usings.Contains(line)))}}
                        }
                    }
                }
                """);
            cases.Add($"case \"{Client().Match(example).Value}\": await Example{i}.Example.RunAsync(); break;");
        }

        _folder.Put("Program.cs", $"switch (args[0]) {{ {string.Join('\n', cases)} default: return 64; }} return 0;");
        _folder.Put("Examples.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Archiver.Queues" Version="{packages.Version}" />
              </ItemGroup>
            </Project>
            """);
    }

    private async Task<string> RunExampleAsync(string client)
    {
        var end = await ProgramUnderTest.RunAsync(_folder["bin/Examples"], [client], _folder.Path);
        Assert.True(end.ExitCode == 0, string.Join('\n', end.Log));
        return end.Output;
    }

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"(?<=new )(SqliteMessageQueue|SqsArchiveClient|MockArchiveClient)")]
    private static partial Regex Client();
}
