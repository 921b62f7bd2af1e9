using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Published;

/// <summary>Every package is pinned by its hash, in what is built as in what is published.</summary>
public sealed class LockFileTests : IDisposable
{
    private static readonly string Published = Path.Combine(Repository.Root, "packaging", "locks");

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_project_has_one()
    {
        var projects = File.ReadAllLines(Path.Combine(Repository.Root, "Archiver.sln")).Where(static line => line.Contains(".csproj\"", StringComparison.Ordinal))
            .Select(static line => line.Split('"')[5].Replace('\\', '/')).ToList();

        Assert.NotEmpty(projects);
        Assert.All(projects, static project => Assert.True(File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, "packages.lock.json")), project));
    }

    [Theory]
    [InlineData("linux-x64", "Cli", "Contract", "Poller", "Processor", "Programs", "Queues")]
    [InlineData("linux-arm64", "Cli", "Contract", "Poller", "Processor", "Programs", "Queues")]
    [InlineData("linux-x64-native", "Contract", "Processor", "Programs")]
    [InlineData("linux-arm64-native", "Contract", "Processor", "Programs")]
    public void What_is_published_is_made_of_what_was_built_and_tested(string kind, params string[] projects)
    {
        var files = Directory.GetFiles(Path.Combine(Published, kind)).ToDictionary(static file => Path.GetFileName(file).Split('.')[1]);
        Assert.Equal(projects, files.Keys.Order(StringComparer.Ordinal));

        foreach (var project in projects)
        {
            var folder = project is "Contract" or "Programs" or "Queues" ? $"src/Shared/{project}" : $"src/{project}";
            var built = PackagesOf(Path.Combine(Repository.Root, folder, "packages.lock.json"));
            Assert.NotEmpty(built);
            Assert.Superset(built, PackagesOf(files[project]));
        }
    }

    [Fact]
    public async Task A_package_with_another_hash_is_refused()
    {
        var file = Path.Combine(Published, "linux-x64", "Archiver.Contract.lock.json");
        var content = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var hash = JsonNode.Parse(content)!["dependencies"]!["net10.0"]!["Microsoft.NET.ILLink.Tasks"]!["contentHash"]!.GetValue<string>();

        var end = await RestoreAsync(file);
        Assert.True(end.ExitCode == 0, end.Output);

        end = await RestoreAsync(_folder.Put("spoiled.json", content.Replace(hash, Convert.ToBase64String(new byte[64]), StringComparison.Ordinal)));
        Assert.Equal(1, end.ExitCode);
        Assert.Contains("NU1403", end.Output, StringComparison.Ordinal);
    }

    // By the property with which build.sh publishes.
    private Task<ProgramEnd> RestoreAsync(string lockFile) => ProgramUnderTest.RunAsync(
        "dotnet",
        [
            "restore", Path.Combine(Repository.Root, "src/Shared/Contract"), "--artifacts-path", _folder["build"], "-p:RuntimeIdentifier=linux-x64", "-p:PublishReadyToRun=true", "-p:SelfContained=false",
            "-p:ContinuousIntegrationBuild=true", $"-p:NuGetLockFilePath={lockFile}", "-nodeReuse:false",
        ],
        _folder.Path, [new("HOME", Environment.GetEnvironmentVariable("HOME")), new("DOTNET_CLI_USE_MSBUILD_SERVER", "false")]);

    private static HashSet<string> PackagesOf(string file) =>
    [
        .. JsonNode.Parse(File.ReadAllText(file))!["dependencies"]!["net10.0"]!.AsObject().Where(static package => package.Value!["contentHash"] is not null)
            .Select(static package => $"{package.Key} {package.Value!["resolved"]} {package.Value["contentHash"]}"),
    ];
}
