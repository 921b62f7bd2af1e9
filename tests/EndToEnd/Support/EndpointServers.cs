using System.Diagnostics;
using System.Globalization;

namespace Archiver.EndToEnd.Support;

/// <summary>The servers that tests/endpoints/start.sh starts, and stop.sh stops.</summary>
internal sealed class EndpointServers
{
    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-endpoints-").FullName;

    /// <summary>Returns what start.sh says about them, as environment variables.</summary>
    public async Task<IReadOnlyDictionary<string, string>> StartAsync()
    {
        // Given this process's id, they also end when it is killed.
        await RunAsync("start.sh", _folder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        var lines = await File.ReadAllLinesAsync(Path.Combine(_folder, "endpoints.env"));
        return lines.Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    public Task StopAsync() => RunAsync("stop.sh", _folder);

    private static async Task RunAsync(string script, params string[] arguments)
    {
        var path = Path.Combine(Repository.Root, "tests", "endpoints", script);
        using var process = Process.Start(new ProcessStartInfo("bash", [path, .. arguments]) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{script} failed. Run ./test.sh, or tests/endpoints/install.sh once, or set ARCHIVER_TEST_S3_URL and "
                + $"ARCHIVER_TEST_SQS_URL. It said:\n{errors}");
        }
    }
}
