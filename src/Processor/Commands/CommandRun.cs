using System.Diagnostics;
using System.Text;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Processor.Reporting;
using Archiver.Processor.Supervision;
using Archiver.Programs.Logging;
using Archiver.Programs.Settings;
using Serilog;
using Serilog.Core;

namespace Archiver.Processor.Commands;

/// <summary>Runs a command with its settings, log and signals. Whatever happens, it writes one result and returns its exit code.</summary>
internal static class CommandRun
{
    // Characters. An error may quote a request of any size, and supervisors keep only a few MiB of the result.
    private const int LongestDetail = 16 << 10;

    public static async Task<int> RunAsync<TCommand, TResult>(TCommand command, Func<ArchiverSettings> load, StopSignals stop)
        where TCommand : IProcessorCommand<TCommand, TResult>
    {
        using var orphanWatch = OrphanWatch.Begin(stop);
        TraceExport? traces = null;
        Activity? span = null;
        Logger? log = null;
        try
        {
            traces = TraceExport.Begin();
            span = command.IsJob ? JobTrace.StartJob(command.AipId) : null;
            var settings = load();
            var onTerminal = !Console.IsErrorRedirected;
            log = LogFactory.Create(LogSettings.From(settings) with { Readable = onTerminal || LogSettings.From(settings).Readable });
            var result = await command.RunAsync(new CommandContext(settings, log, onTerminal), stop.Token).ConfigureAwait(false);
            return End(command.Write(result), ExitCode.Ok, span);
        }
        catch (Exception error)
        {
            var failure = Describe(error, stop);
            if (log is null)
                await Console.Error.WriteLineAsync(failure.Detail).ConfigureAwait(false);
            else
                LogOf(log, command.AipId).Error(failure.ExitCode == ExitCode.Software ? error : null, "{Detail}", failure.Detail);
            JobTrace.Fail(span, failure.Code, failure.Detail);
            return End(ResultText.Of(command.Failed(failure)), failure.ExitCode, span);
        }
        finally
        {
            if (log is not null)
                await log.DisposeAsync().ConfigureAwait(false);
            span?.Dispose();
            traces?.Dispose();
        }
    }

    private static ILogger LogOf(Logger log, string? aipId) => aipId is null ? log : log.ForContext(LogProperty.AipId, aipId);

    private static FailureDescription Describe(Exception error, StopSignals stop)
    {
        var (code, detail) = error switch
        {
            OperationCanceledException when stop.ExitCode is { } signal =>
                (signal, "Stopped before the archive was complete; nothing was stored."),
            ArchiverException known => (known.ExitCode, known.Message),
            _ => (ExitCode.Software, $"A bug in archiver-processor: {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}"),
        };
        var shown = detail.Length > LongestDetail ? detail[..LongestDetail] + "..." : detail;
        return new FailureDescription(ExitCode.NameOf(code), code, shown);
    }

    private static int End(string result, int exitCode, Activity? span)
    {
        span?.SetTag("process.exit.code", exitCode);
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(result));
        output.WriteByte((byte)'\n');
        return exitCode;
    }
}
