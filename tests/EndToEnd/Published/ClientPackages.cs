using System.IO.Compression;
using System.Xml.Linq;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Published;

/// <summary>The client packages, packed by one command under a version that nobody has in a cache.</summary>
public sealed class ClientPackages : IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    public string Version { get; } = $"0.0.0-test.{Guid.NewGuid():N}";

    public string Folder => _folder["packages"];

    public async ValueTask InitializeAsync()
    {
        var end = await RunAsync(
            _folder.Path,
            "pack", Path.Combine(Repository.Root, "src/Shared/Queues"), "-o", Folder, "--artifacts-path", _folder["build"], $"-p:Version={Version}", "-p:RestoreLockedMode=true");
        Assert.True(end.ExitCode == 0, end.Output);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    public ZipArchive Open(string id) => ZipFile.OpenRead(Path.Combine(Folder, $"{id}.{Version}.nupkg"));

    /// <summary>The metadata of its nuspec, without the namespace.</summary>
    public XElement Metadata(string id)
    {
        using var package = Open(id);
        using var nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        var root = XDocument.Load(nuspec).Root!;
        foreach (var element in root.DescendantsAndSelf())
            element.Name = element.Name.LocalName;
        return root.Element("metadata")!;
    }

    /// <summary>Runs a dotnet command that leaves no server behind.</summary>
    public static Task<ProgramEnd> RunAsync(string folder, params string[] arguments) => ProgramUnderTest.RunAsync(
        "dotnet", [.. arguments, "-c", "Release", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-nologo"], folder,
        [new("HOME", Environment.GetEnvironmentVariable("HOME")), new("DOTNET_CLI_USE_MSBUILD_SERVER", "false")]);
}
