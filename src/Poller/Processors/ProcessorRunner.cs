using System.Globalization;
using System.Text;
using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Poller.Telemetry;
using CliWrap;
using Serilog;

namespace Archiver.Poller.Processors;

/// <summary>Starts one processor for one message, and tells how it ended. An exit code is data: nothing here throws because of one.</summary>
internal sealed class ProcessorRunner(string path, IReadOnlyList<string> settingsArguments, PollerSettings settings, TimeProvider time)
{
    private const int LongestResult = 4 << 20;

    /// <summary>Runs the processor to its end.</summary>
    /// <param name="aipId">Its <c>--aipid</c>.</param>
    /// <param name="sentAt">The time that stands in for a missing timestamp: the same at every receive of a message.</param>
    /// <param name="payload">Its standard input.</param>
    /// <param name="trace">The place in a trace that its work belongs to; null when there is none.</param>
    /// <param name="log">Where its log lines go.</param>
    /// <param name="stop">Asks it to end: SIGTERM, and after the grace period SIGKILL to it and its children.</param>
    public async Task<ProcessorOutcome> RunAsync(string aipId, DateTimeOffset sentAt, string payload, TraceContext? trace, ILogger log, CancellationToken stop)
    {
        await using var outputEnd = new OutputEnd(time);
        var output = new BoundedOutput(LongestResult, outputEnd);
        var command = CliWrap.Cli.Wrap(path)
            .WithArguments([$"--aipid={aipId}", $"--sent-at={sentAt.ToString("O", CultureInfo.InvariantCulture)}", .. settingsArguments])
            .WithStandardInputPipe(PipeSource.FromBytes(Encoding.UTF8.GetBytes(payload)))
            .WithStandardOutputPipe(output.Target)
            .WithStandardErrorPipe(new ChildLog(log, outputEnd, static () => { }).Target)
            .WithEnvironmentVariables(environment => environment.Set(ProcessorEnvironment.Supervised, "1")
                .Set(ProcessorEnvironment.TraceParent, trace?.TraceParent).Set(ProcessorEnvironment.TraceState, trace?.TraceState))
            .WithValidation(CommandResultValidation.None);

        using var kill = new CancellationTokenSource();
        using var limit = new CancellationTokenSource(settings.ProcessorTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        try
        {
            var child = command.ExecuteAsync(kill.Token);
            outputEnd.Watch(child.ProcessId);
            // CliWrap's own graceful cancellation would lose the exit code.
            await using var ask = either.Token.Register(() =>
            {
                _ = Signals.Terminate(child.ProcessId);
                kill.CancelAfter(settings.ProcessorGracePeriod);
            });
            var ended = await child.ConfigureAwait(false);
            return limit.IsCancellationRequested && ended.ExitCode != ExitCode.Ok
                ? OutOfTime()
                : Read(ended.ExitCode, output);
        }
        catch (OperationCanceledException)
        {
            return limit.IsCancellationRequested
                ? OutOfTime()
                : ProcessorOutcome.Failed(ExitCode.Killed, "The processor did not end within its grace period and was killed.");
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception or IOException)
        {
            return ProcessorOutcome.Failed(ExitCode.Config, $"The processor {path} cannot be started: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    private ProcessorOutcome OutOfTime() =>
        ProcessorOutcome.Failed(ExitCode.Killed, $"The processor was stopped after {settings.ProcessorTimeout.TotalSeconds:0} s, the time that one archive may take.");

    private static ProcessorOutcome Read(int exitCode, BoundedOutput output)
    {
        var result = Parse(output);
        return (exitCode, result) switch
        {
            (ExitCode.Ok, { Success: true, Archive: not null }) => new(exitCode, result),
            (ExitCode.Ok, _) => ProcessorOutcome.Failed(ExitCode.Software, "The processor ended with 0 but reported no archive."),
            (_, { Success: false, Error: not null }) => new(exitCode, result with { Error = result.Error with { Code = ExitCode.NameOf(exitCode), ExitCode = exitCode } }),
            _ => ProcessorOutcome.Failed(exitCode, $"The processor ended with {exitCode} ({ExitCode.NameOf(exitCode)}) and reported no reason."),
        };
    }

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
