using System.Diagnostics;
using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Published;

/// <summary>A release, unpacked in an empty folder.</summary>
public sealed class Release : IAsyncLifetime
{
    private readonly TestFolder _folder = new();

    public string Folder { get; private set; } = "";

    public IReadOnlyList<string> Files { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        await BuildScript.RunAsync(["--release", _folder["release"]]);
        var archive = Assert.Single(Directory.GetFiles(_folder["release"], "*.tar.gz"));
        Directory.CreateDirectory(_folder["unpacked"]);
        using var tar = Process.Start("tar", ["-xzf", archive, "-C", _folder["unpacked"]]);
        await tar.WaitForExitAsync();
        Folder = Assert.Single(Directory.GetDirectories(_folder["unpacked"]));
        Files = [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))];
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
