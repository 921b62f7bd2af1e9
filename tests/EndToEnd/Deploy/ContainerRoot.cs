using System.Diagnostics;
using Archiver.EndToEnd.Published;
using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Deploy;

/// <summary>The files of the container image, made by deploy/container/rootfs.sh, and programs that run in them as in a container.</summary>
/// <remarks>Changing the root takes root: without it, the tests need sudo.</remarks>
public sealed class ContainerRoot : IAsyncLifetime
{
    private readonly PublishedPrograms _programs = new();
    private readonly TestFolder _folder = new();

    public string Path => _folder["root"];

    public async ValueTask InitializeAsync()
    {
        await _programs.InitializeAsync();
        using var gather = Process.Start(new ProcessStartInfo(DeployFile.PathOf("container/rootfs.sh"), [_programs.Folder, Path]) { RedirectStandardError = true })!;
        var said = await gather.StandardError.ReadToEndAsync();
        await gather.WaitForExitAsync();
        if (gather.ExitCode != 0)
            throw new InvalidOperationException($"rootfs.sh ended with {gather.ExitCode}: {said}");
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Dispose();
        await _programs.DisposeAsync();
    }

    /// <summary>Runs a program of the image, with the image's own variables and these, and with the folder as /data.</summary>
    public async Task<ProgramEnd> RunAsync(string program, IEnumerable<string> arguments, TestFolder data, IEnumerable<KeyValuePair<string, string?>> settings, string? input = null)
    {
        var variables = new Dictionary<string, string?>((await Deployment.ReadAsync("container")).Variables);
        foreach (var (name, value) in settings)
            variables[name] = value;
        var script = System.IO.Path.Combine(Repository.Root, "tests", "EndToEnd", "Deploy", "in-root.sh");
        string[] command = [script, Path, data.Path, $"/opt/archiver/{program}", .. arguments];
        return Environment.IsPrivilegedProcess
            ? await ProgramUnderTest.RunAsync(command[0], command[1..], data.Path, variables, input)
            : await ProgramUnderTest.RunAsync("sudo", ["--non-interactive", "--preserve-env", .. command], data.Path, variables, input);
    }

    /// <summary>The files in it, without the folders that belong to others.</summary>
    public IReadOnlyList<string> Files() => [.. Directory.GetFiles(Path, "*", SearchOption.AllDirectories).Select(file => "/" + System.IO.Path.GetRelativePath(Path, file))];

    public static string UserId { get; } = DeployFile.Read("container/Dockerfile").Split('\n').Single(static line => line.StartsWith("USER ", StringComparison.Ordinal))[5..].Split(':')[0];
}
