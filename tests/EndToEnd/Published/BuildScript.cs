using System.Diagnostics;
using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Published;

/// <summary>build.sh, run as a user would.</summary>
internal static class BuildScript
{
    /// <summary>Runs it and waits for its end; what it says on standard error is returned.</summary>
    public static async Task<string> RunAsync(IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "build.sh"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A build server that stays behind would keep the output open.
        foreach (var (name, value) in environment.Concat([("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "false")]))
            start.Environment[name] = value;
        using var build = Process.Start(start)!;
        var errors = build.StandardError.ReadToEndAsync();
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        return build.ExitCode == 0 ? await errors : throw new InvalidOperationException($"build.sh ended with {build.ExitCode}:\n{output}{await errors}");
    }
}
