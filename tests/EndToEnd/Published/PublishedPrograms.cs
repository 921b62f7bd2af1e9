using System.Diagnostics;
using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Published;

/// <summary>Built once for all classes that need them.</summary>
[CollectionDefinition(nameof(PublishedPrograms))]
public sealed class PublishedProgramsCollection : ICollectionFixture<PublishedPrograms>;

/// <summary>What build.sh publishes: the folder that ARCHIVER_TEST_BIN names, else one that is built for these tests.</summary>
public sealed class PublishedPrograms : IAsyncLifetime
{
    private readonly TestFolder _built = new();

    public string Folder { get; private set; } = "";

    public string Poller => Path.Combine(Folder, "archiver-poller");

    public string Cli => Path.Combine(Folder, "archiver");

    public async ValueTask InitializeAsync()
    {
        Folder = Environment.GetEnvironmentVariable("ARCHIVER_TEST_BIN") is { Length: > 0 } named ? named : _built["bin"];
        if (!Directory.Exists(Folder))
            await BuildAsync();
    }

    public ValueTask DisposeAsync()
    {
        _built.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task BuildAsync()
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "build.sh"), Folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A build server that stays behind would keep the output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "false";
        using var build = Process.Start(start)!;
        var errors = build.StandardError.ReadToEndAsync();
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        if (build.ExitCode != 0)
            throw new InvalidOperationException($"build.sh ended with {build.ExitCode}:\n{output}{await errors}");
    }
}
