using System.Text.Json.Nodes;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Published;

/// <summary>build.sh on a machine without a C toolchain.</summary>
public sealed class WithoutToolchainTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_processor_runs_on_the_runtime_and_build_sh_says_how_to_get_a_native_one()
    {
        // A compiler that cannot compile comes first in PATH.
        _folder.PutScript("path/clang", "exit 1");

        var said = await BuildScript.RunAsync([_folder["bin"]], ("PATH", $"{_folder["path"]}:{Environment.GetEnvironmentVariable("PATH")}"), ("ARCHIVER_BUILD", _folder["build"]));

        Assert.Contains("archiver-processor (framework-dependent)", said, StringComparison.Ordinal);
        Assert.Contains("apt-get install gcc zlib1g-dev", said, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["bin/archiver-processor.dll"]));
        _folder.Put("sources/mds2909/a.txt", "text");
        var end = await ProgramUnderTest.RunAsync(
            _folder["bin/archiver"], ["--set", "Source:Location=./sources", "--set", "Destination:Location=./out", "process", "--aipid", "mds2909"], _folder.Path, input: """{"aipid":"mds2909"}""");
        Assert.Equal(0, end.ExitCode);
        Assert.True(File.Exists(new Uri(JsonNode.Parse(end.Output)!["archive"]!["uri"]!.GetValue<string>()).LocalPath));
    }
}
