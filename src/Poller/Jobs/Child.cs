using System.ComponentModel;
using System.Diagnostics;
using CliWrap;

namespace Archiver.Poller.Jobs;

/// <summary>A running program and how it is doing.</summary>
/// <param name="task">Ends when the program has ended and its output is read.</param>
/// <param name="ended">Ends when the program has ended.</param>
internal sealed class Child(CommandTask<CommandResult> task, Task ended)
{
    private const int NoSuchFile = 2;
    private const int Denied = 13;

    private static readonly string? SessionLauncher = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(static folder => Path.Combine(folder, "setsid")).FirstOrDefault(File.Exists);

    public int ProcessId => task.ProcessId;

    /// <summary>Completes when the program has ended; what it wrote may not be read yet.</summary>
    public Task Ended => ended;

    /// <summary>Starts a program in a session of its own, so that Ctrl-C in a terminal reaches the poller alone.</summary>
    /// <remarks>
    /// Only a process itself may leave its session and group once it runs, and neither CliWrap nor the runtime does that between fork and
    /// exec. setsid(1) does it and then becomes the program, under the same process id. Where there is none, archiver-processor leaves the
    /// group by itself.
    /// </remarks>
    /// <exception cref="Exception">It cannot be started: see <see cref="StartFailure"/>.</exception>
    public static Child Start(Command command)
    {
        Check(command.TargetFilePath);
        var launched = SessionLauncher is null ? command : Cli.Wrap(SessionLauncher)
            .WithArguments(arguments => arguments.Add(command.TargetFilePath).Add(command.Arguments, escape: false))
            .WithEnvironmentVariables(command.EnvironmentVariables).WithValidation(command.Validation)
            .WithStandardInputPipe(command.StandardInputPipe).WithStandardOutputPipe(command.StandardOutputPipe)
            .WithStandardErrorPipe(command.StandardErrorPipe);
        // Nobody else may take a child whose start has not returned yet for an orphan.
        lock (Orphans.Known)
        {
            var task = launched.ExecuteAsync();
            Orphans.Known.Add(task.ProcessId);
            return new Child(task, WaitAsync(task.ProcessId));
        }
    }

    /// <summary>Waits for the end of its output.</summary>
    /// <returns>Its exit code, 128 + n for death by signal n.</returns>
    public async Task<int> WaitForExitCodeAsync() => (await task.ConfigureAwait(false)).ExitCode;

    // What the launcher would find out too late.
    private static void Check(string path)
    {
        if (!File.Exists(path))
            throw new Win32Exception(Directory.Exists(path) ? Denied : NoSuchFile);
        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) == 0)
            throw new Win32Exception(Denied);
    }

    private static async Task WaitAsync(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync().ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
        lock (Orphans.Known)
        {
            Orphans.Known.Remove(processId);
            // Those behind it had to wait.
            Orphans.Reap();
        }
    }
}
