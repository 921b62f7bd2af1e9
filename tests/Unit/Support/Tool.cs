using System.Diagnostics;

namespace Archiver.Tests.Support;

/// <summary>Somebody else's program.</summary>
public static class Tool
{
    /// <summary>Whether it is installed.</summary>
    public static bool Exists(string name) => PathOf(name) is not null;

    /// <summary>Runs it to its end, which must be 0, and gives what it wrote on standard output.</summary>
    public static async Task<byte[]> RunAsync(string name, params string[] arguments)
    {
        var path = PathOf(name);
        Assert.True(path is not null, $"{name} is not installed; run tests/endpoints/install.sh.");
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Names are to be read and written as UTF-8, wherever the tests run.
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        try
        {
            var output = new MemoryStream();
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.StandardOutput.BaseStream.CopyToAsync(output, TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{name} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}");
            return output.ToArray();
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Runs it, and gives the lines that it wrote.</summary>
    public static async Task<string[]> LinesAsync(string name, params string[] arguments) =>
        System.Text.Encoding.UTF8.GetString(await RunAsync(name, arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string? PathOf(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
