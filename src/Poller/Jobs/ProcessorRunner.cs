using System.Globalization;
using System.Text;
using System.Text.Json;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Poller.Telemetry;
using Archiver.Programs.Boundary;
using CliWrap;
using Serilog;

namespace Archiver.Poller.Jobs;

/// <summary>
/// Starts one processor for one message, and tells how it ended. An exit code is data: nothing here throws because of one.
/// </summary>
internal sealed class ProcessorRunner(
    string path, IReadOnlyList<string> settingsArguments, ProcessorLimits limits, TimeProvider time,
        IReadOnlyDictionary<string, string?>? settingsEnvironment = null)
{
    private const int LongestResult = 4 << 20;
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(30);

    /// <summary>Is told when the machine has no room for another process.</summary>
    public Action OnShortage { get; set; } = static () => { };

    /// <summary>Runs the processor to its end.</summary>
    /// <param name="aipId">Its <c>--aipid</c>.</param>
    /// <param name="sentAt">The time that stands in for a missing timestamp: the same at every receive of a message.</param>
    /// <param name="payload">Its standard input.</param>
    /// <param name="trace">The place in a trace that its work belongs to; null when there is none.</param>
    /// <param name="log">Where its log lines go.</param>
    /// <param name="stop">Asks it to end: SIGTERM, and after the grace period SIGKILL to it and its children.</param>
    public Task<ProcessorOutcome> RunAsync(string aipId, DateTimeOffset sentAt, string payload, TraceContext? trace, ILogger log,
        CancellationToken stop) =>
        SuperviseAsync([$"--aipid={aipId}", $"--sent-at={sentAt.ToString("O", CultureInfo.InvariantCulture)}"], payload, limits, trace,
            ReadArchive, isForMessage: true, log, stop);

    /// <summary>Has the processor say whether it could work now, without any message; exit code 70 when it does not know how to.</summary>
    public Task<ProcessorOutcome> CheckAsync(ILogger log, CancellationToken stop) =>
        SuperviseAsync(["--check"], "", limits with { Timeout = LongestCheck }, null, ReadCheck, isForMessage: false, log, stop);

    private async Task<ProcessorOutcome> SuperviseAsync(
        IReadOnlyList<string> arguments, string payload, ProcessorLimits within, TraceContext? trace,
        Func<int, ProcessorResult?, ProcessorOutcome> read, bool isForMessage, ILogger log, CancellationToken stop)
    {
        using var timeLimits = new TimeLimits(within, time, stop);
        using var outputEnd = new OutputEnd(time);
        var output = new BoundedOutput(LongestResult, outputEnd);
        var childLog = new ChildLog(log, outputEnd, timeLimits.Progress, time);
        var job = Guid.NewGuid().ToString("N");
        var command = CliWrap.Cli.Wrap(path)
            .WithArguments([.. arguments, .. settingsArguments])
            .WithEnvironmentVariables(EnvironmentOf(job, within, trace))
            .WithStandardInputPipe(PipeSource.FromBytes(Encoding.UTF8.GetBytes(payload)))
            .WithStandardOutputPipe(PipeTarget.Create((source, _) => output.ReadAsync(source)))
            .WithStandardErrorPipe(PipeTarget.Create((source, _) => childLog.ReadAsync(source)))
            .WithValidation(CommandResultValidation.None);
        try
        {
            Child Start() => ResourceCaps.StartNicely(within.Nice, () => Child.Start(command));
            var child = isForMessage
                ? await new PatientStart(OnShortage, time)
                    .RunAsync(Start, error => StartFailure.From(path, error, isForMessage), log, timeLimits.Stop).ConfigureAwait(false)
                : Start();
            ResourceCaps.Apply(child.ProcessId, within);
            var tree = new ProcessTree(child.ProcessId, $"{ProcessorEnvironment.Job}={job}", time);
            var wasKilled = await new JobEnd(child.Ended, child.ProcessId, tree, within.GracePeriod, time).WaitAsync(timeLimits.Stop)
                .ConfigureAwait(false);
            outputEnd.ChildEnded();
            // What the kernel does not let go of has no exit code.
            var exitCode = wasKilled ? ExitCode.Killed : await child.WaitForExitCodeAsync().ConfigureAwait(false);
            return exitCode != ExitCode.Ok && timeLimits.Exceeded is { } exceeded ? ProcessorOutcome.Failed(ExitCode.Killed, exceeded)
                : wasKilled ? ProcessorOutcome.Failed(ExitCode.Killed, "The processor did not end within its grace period and was killed.")
                : read(exitCode, Parse(output));
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception or IOException)
        {
            return StartFailure.From(path, error, isForMessage).ToOutcome(isForMessage);
        }
    }

    private Dictionary<string, string?> EnvironmentOf(string job, ProcessorLimits within, TraceContext? trace) =>
        new(settingsEnvironment ?? new Dictionary<string, string?>())
        {
            [ProcessorEnvironment.Supervised] = "1",
            [ProcessorEnvironment.Job] = job,
            [ProcessorEnvironment.TraceParent] = trace?.TraceParent,
            [ProcessorEnvironment.TraceState] = trace?.TraceState,
            [ResourceCaps.HeapLimitVariable] = ResourceCaps.HeapLimit(within),
        };

    private static ProcessorOutcome ReadArchive(int exitCode, ProcessorResult? result) => (exitCode, result) switch
    {
        (ExitCode.Ok, { Success: true, Archive: not null }) => new(exitCode, result),
        (ExitCode.Ok, _) => ProcessorOutcome.Failed(ExitCode.Software, "The processor ended with 0 but reported no archive."),
        _ => ReadFailure(exitCode, result),
    };

    // Of a program of somebody else's that does not know the option, an exit code says nothing.
    private static ProcessorOutcome ReadCheck(int exitCode, ProcessorResult? result) => (exitCode, result) switch
    {
        (_, not { Checked: true }) => ProcessorOutcome.Failed(ExitCode.Software, $"It does not support --check: it ended with {exitCode}."),
        (ExitCode.Ok, _) => new(exitCode, result),
        _ => ReadFailure(exitCode, result),
    };

    private static ProcessorOutcome ReadFailure(int exitCode, ProcessorResult? result) => result is { Success: false, Error: not null }
        ? new(exitCode, result with { Error = result.Error with { Code = ExitCode.NameOf(exitCode), ExitCode = exitCode } })
        : ProcessorOutcome.Failed(exitCode, $"The processor ended with {exitCode} ({ExitCode.NameOf(exitCode)}) and reported no reason.");

    private static ProcessorResult? Parse(BoundedOutput output)
    {
        try
        {
            return output.Overflowed ? null : JsonSerializer.Deserialize(output.Kept, ContractJson.Strict.ProcessorResult);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
