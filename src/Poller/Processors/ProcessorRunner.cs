using System.Globalization;
using System.Text;
using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Settings;
using Archiver.Poller.Telemetry;
using Serilog;

namespace Archiver.Poller.Processors;

/// <summary>Starts one processor for one message, and tells how it ended. An exit code is data: nothing here throws because of one.</summary>
internal sealed class ProcessorRunner(
    string path, IReadOnlyList<string> settingsArguments, ProcessorLimits limits, TimeProvider time, IReadOnlyDictionary<string, string?>? settingsEnvironment = null)
{
    private const int LongestResult = 4 << 20;
    private static readonly TimeSpan LongestCheck = TimeSpan.FromSeconds(30);

    /// <summary>Runs the processor to its end.</summary>
    /// <param name="aipId">Its <c>--aipid</c>.</param>
    /// <param name="sentAt">The time that stands in for a missing timestamp: the same at every receive of a message.</param>
    /// <param name="payload">Its standard input.</param>
    /// <param name="trace">The place in a trace that its work belongs to; null when there is none.</param>
    /// <param name="log">Where its log lines go.</param>
    /// <param name="stop">Asks it to end: SIGTERM, and after the grace period SIGKILL to it and its children.</param>
    public Task<ProcessorOutcome> RunAsync(string aipId, DateTimeOffset sentAt, string payload, TraceContext? trace, ILogger log, CancellationToken stop) =>
        SuperviseAsync([$"--aipid={aipId}", $"--sent-at={sentAt.ToString("O", CultureInfo.InvariantCulture)}"], payload, limits, trace, ReadArchive, log, stop);

    /// <summary>Has the processor say whether it could work now, without any message; exit code 70 when it does not know how to.</summary>
    public Task<ProcessorOutcome> CheckAsync(ILogger log, CancellationToken stop) =>
        SuperviseAsync(["--check"], "", limits with { Timeout = LongestCheck }, null, ReadCheck, log, stop);

    private async Task<ProcessorOutcome> SuperviseAsync(
        IReadOnlyList<string> arguments, string payload, ProcessorLimits within, TraceContext? trace,
        Func<int, ProcessorResult?, ProcessorOutcome> read, ILogger log, CancellationToken stop)
    {
        using var timeLimits = new TimeLimits(within, time, stop);
        using var outputEnd = new OutputEnd(time);
        var output = new BoundedOutput(LongestResult, outputEnd);
        var childLog = new ChildLog(log, outputEnd, timeLimits.Progress, time);
        var job = Guid.NewGuid().ToString("N");
        try
        {
            using var child = ResourceCaps.StartNicely(within.Nice, () => Child.Start(path, [.. arguments, .. settingsArguments], EnvironmentOf(job, within, trace)));
            ResourceCaps.Apply(child.ProcessId, within);
            var streams = Task.WhenAll(FeedAsync(child.Input, payload, outputEnd), output.ReadAsync(child.Output), childLog.ReadAsync(child.Error));
            var tree = new ProcessTree(child.ProcessId, $"{ProcessorEnvironment.Job}={job}", time);
            var wasKilled = await new JobEnd(child.Ended, child.ProcessId, tree, within.GracePeriod, time).WaitAsync(timeLimits.Stop).ConfigureAwait(false);
            outputEnd.ChildEnded();
            await streams.ConfigureAwait(false);
            var exitCode = wasKilled ? ExitCode.Killed : child.Reap() ?? ExitCode.Software;
            return exitCode != ExitCode.Ok && timeLimits.Exceeded is { } exceeded ? ProcessorOutcome.Failed(ExitCode.Killed, exceeded)
                : wasKilled ? ProcessorOutcome.Failed(ExitCode.Killed, "The processor did not end within its grace period and was killed.")
                : read(exitCode, Parse(output));
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception or IOException)
        {
            return ProcessorOutcome.Failed(ExitCode.Config, $"The processor {path} cannot be started: {error.GetBaseException().Message.ReplaceLineEndings(" ")}");
        }
    }

    private static async Task FeedAsync(Stream input, string payload, OutputEnd end)
    {
        try
        {
            await using (input.ConfigureAwait(false))
                await input.WriteAsync(Encoding.UTF8.GetBytes(payload), end.Reached).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // It need not read all of it, nor any.
        }
    }

    private Dictionary<string, string> EnvironmentOf(string job, ProcessorLimits within, TraceContext? trace)
    {
        var own = new Dictionary<string, string?>(settingsEnvironment ?? new Dictionary<string, string?>())
        {
            [ProcessorEnvironment.Supervised] = "1",
            [ProcessorEnvironment.Job] = job,
            [ProcessorEnvironment.TraceParent] = trace?.TraceParent,
            [ProcessorEnvironment.TraceState] = trace?.TraceState,
            [ResourceCaps.HeapLimitVariable] = ResourceCaps.HeapLimit(within),
        };
        var inherited = SettingsOptions.ProcessEnvironment().Where(variable => !own.ContainsKey(variable.Key));
        return inherited.Concat(own.Where(static variable => variable.Value is not null).Select(static variable => KeyValuePair.Create(variable.Key, variable.Value!))).ToDictionary();
    }

    private static ProcessorOutcome ReadArchive(int exitCode, ProcessorResult? result) => (exitCode, result) switch
    {
        (ExitCode.Ok, { Success: true, Archive: not null }) => new(exitCode, result),
        (ExitCode.Ok, _) => ProcessorOutcome.Failed(ExitCode.Software, "The processor ended with 0 but reported no archive."),
        _ => ReadFailure(exitCode, result),
    };

    // Of a program of somebody else's that does not know the option, an exit code says nothing.
    private static ProcessorOutcome ReadCheck(int exitCode, ProcessorResult? result) => (exitCode, result) switch
    {
        (_, not { Checked: true }) => ProcessorOutcome.Failed(ExitCode.Software, $"It does not answer --check, and ended with {exitCode}."),
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
