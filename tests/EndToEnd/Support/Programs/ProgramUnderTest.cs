using System.Diagnostics;
using System.Globalization;

namespace Archiver.EndToEnd.Support.Programs;

/// <summary>A real process of one of the programs. What it writes is captured; whatever happens, it ends with the test.</summary>
public sealed class ProgramUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly string _name;

    private ProgramUnderTest(Process process, string name) => (_process, _name) = (process, name);

    public CapturedLines Output { get; } = new();

    public CapturedLines Log { get; } = new();

    public int ProcessId => _process.Id;

    /// <summary>Starts a program in a folder, with these variables and none of the caller's.</summary>
    public static ProgramUnderTest Start(
        string program, IEnumerable<string> arguments, string folder, IEnumerable<KeyValuePair<string, string?>>? settings = null, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        CleanEnvironment.Fill(start.Environment, folder, settings ?? []);
        var process = new Process { StartInfo = start };
        var running = new ProgramUnderTest(process, Path.GetFileName(program));
        process.OutputDataReceived += running.Output.Add;
        process.ErrorDataReceived += running.Log.Add;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (input is not null)
            process.StandardInput.Write(input);
        process.StandardInput.Close();
        return running;
    }

    /// <summary>Starts it and waits for its end.</summary>
    public static async Task<ProgramEnd> RunAsync(
        string program, IEnumerable<string> arguments, string folder, IEnumerable<KeyValuePair<string, string?>>? settings = null, string? input = null)
    {
        await using var running = Start(program, arguments, folder, settings, input);
        return await running.WaitForExitAsync();
    }

    public async Task<ProgramEnd> WaitForExitAsync(TimeSpan? within = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(within ?? Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{_name} has not ended. It wrote:\n{Log.Text}\n{Output.Text}");
        }

        return new ProgramEnd(_process.ExitCode, Output.Text, Log);
    }

    /// <summary>Waits for something that the program brings about; fails with its log.</summary>
    public async Task EventuallyAsync(string what, Func<Task<bool>> probe, TimeSpan? within = null)
    {
        try
        {
            await Eventually.IsTrueAsync(what, async () => _process.HasExited && !await probe() ? throw new TimeoutException($"{_name} has ended before: {what}") : await probe(), within ?? Patience);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"{error.Message}\n{_name} wrote:\n{Log.Text}");
        }
    }

    public Task EventuallyAsync(string what, Func<bool> probe, TimeSpan? within = null) =>
        EventuallyAsync(what, () => Task.FromResult(probe()), within);

    /// <summary>Waits until the log has such a line.</summary>
    public Task LogsAsync(string template, Func<LogEvent, bool>? such = null, int times = 1) => EventuallyAsync(
        $"{times} times in the log: {template}",
        () => Log.Events.Count(line => line.Template.StartsWith(template, StringComparison.Ordinal) && (such is null || such(line))) >= times);

    /// <summary>Sends a signal, such as TERM.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        // Shown only when the test has failed.
        TestContext.Current.TestOutputHelper?.WriteLine($"{_name} ended with {_process.ExitCode} and had written:\n{string.Join('\n', Log.All.TakeLast(200))}");
        _process.Dispose();
    }
}

/// <summary>How a program ended.</summary>
public sealed record ProgramEnd(int ExitCode, string Output, CapturedLines Log);
