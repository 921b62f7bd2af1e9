using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Logging;
using Archiver.Contract.Messages;
using Archiver.Contract.Settings;
using Archiver.Contract.Text;
using Archiver.Processor.Assembly;
using Archiver.Processor.Reporting;
using Archiver.Processor.Stores.Schemes;
using Archiver.Processor.Supervision;
using Serilog.Core;

namespace Archiver.Processor;

/// <summary>One run of the processor: settings, log, signals, the job, and whatever happens, one result and its exit code.</summary>
internal static class ProcessorRun
{
    private const int LargestPayload = 64 << 20;

    // A reason may quote a request of any size, and who reads the result keeps no more than some MiB.
    private const int LongestDetail = 16 << 10;

    public static async Task<int> RunAsync(ProcessorArguments arguments, StopSignals stop)
    {
        using var orphanWatch = OrphanWatch.Begin(stop);
        TraceExport? traces = null;
        Activity? span = null;
        Logger? log = null;
        try
        {
            traces = TraceExport.Begin();
            span = arguments.Check ? null : JobTrace.StartJob();
            var settings = SettingsLoader.Load(new SettingsOptions { Profile = arguments.Profile, Overrides = arguments.Overrides, TakesHanded = true });
            var onTerminal = !Console.IsErrorRedirected;
            log = LogFactory.Create(LogSettings.From(settings) with { Readable = onTerminal || LogSettings.From(settings).Readable });
            if (arguments.Check)
                return Report(await CheckAsync(settings, log, stop.Token).ConfigureAwait(false), ExitCode.Ok, span);
            if (await WorkAsync(arguments, settings, onTerminal, log, stop.Token).ConfigureAwait(false) is not { } result)
                return ExitCode.Ok;
            log.ForContext(LogProperty.AipId, result.AipId).Information("Stored {Archive}, {Bytes} bytes, in {Duration} ms, reused: {Reused}",
                result.Archive!.Uri, result.Archive.Bytes, result.Archive.DurationMs, result.Archive.Reused);
            return Report(result, ExitCode.Ok, span);
        }
        catch (Exception error)
        {
            var failure = Describe(error, stop);
            if (log is null)
                await Console.Error.WriteLineAsync(failure.Detail).ConfigureAwait(false);
            else
                log.ForContext(LogProperty.AipId, arguments.AipId).Error(failure.ExitCode == ExitCode.Software ? error : null, "{Detail}", failure.Detail);
            var result = new ProcessorResult { AipId = arguments.AipId, Success = false, Checked = arguments.Check ? true : null, Message = failure.Detail, Error = failure };
            return Report(result, failure.ExitCode, span);
        }
        finally
        {
            if (log is not null)
                await log.DisposeAsync().ConfigureAwait(false);
            span?.Dispose();
            traces?.Dispose();
        }
    }

    private static async Task<ProcessorResult> CheckAsync(ArchiverSettings loaded, Logger log, CancellationToken cancellationToken)
    {
        var settings = ArchiveSettings.From(loaded);
        using var stores = new StoreFactory(settings, AwsSettings.From(loaded), TimeProvider.System, log, retries: 1);
        return await new ProcessorCheck(settings, stores, TimeProvider.System).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    // Null: the result is an estimate, and printed.
    private static async Task<ProcessorResult?> WorkAsync(
        ProcessorArguments arguments, ArchiverSettings loaded, bool onTerminal, Logger log, CancellationToken cancellationToken)
    {
        var settings = ArchiveSettings.From(loaded);
        // The identifier that a supervisor gives may stand for nothing but its message.
        var isSupervised = ProcessorEnvironment.IsSupervised;
        var request = RequestReader.Parse(await ReadPayloadAsync(cancellationToken).ConfigureAwait(false), isSupervised ? null : arguments.AipId);
        var aipId = arguments.AipIdOf(request);
        var jobLog = log.ForContext(LogProperty.AipId, aipId);
        // A poller says it once, for all its processors.
        if (settings.OpenSourcesWarning is { } warning && !isSupervised)
            jobLog.Warning("{Warning}", warning);
        foreach (var misspelling in Misspelling.In(request))
            jobLog.Warning("{Misspelling}", misspelling.ToString());
        var aws = AwsSettings.From(loaded);
        using var stores = new StoreFactory(settings, aws, TimeProvider.System, jobLog);
        var (sources, archives, costs) = (stores.Sources(), stores.Archives(), new CostModel(settings.Bandwidth, settings.Parallelism, aws.CrossesRegions));
        var sentAt = arguments.SentAt ?? TimeProvider.System.GetUtcNow();
        if (arguments.PlanOnly)
        {
            var estimate = await new Estimator(settings, sources, archives, costs).EstimateAsync(request, aipId, sentAt, cancellationToken).ConfigureAwait(false);
            Console.WriteLine(arguments.Json ? JsonSerializer.Serialize(estimate, EstimateJson.Default.ArchiveEstimate) : EstimateTable.Of(estimate));
            return null;
        }
        var phases = new JobPhases(new JobProgress(jobLog, onTerminal ? new ProgressBar(Console.Error, aipId) : null, TimeProvider.System));
        var builder = new ArchiveBuilder(sources, archives, settings, costs, phases, jobLog);
        var job = new ArchiveJob(settings, sources, archives, builder, phases, TimeProvider.System, jobLog);
        return await job.RunAsync(request, aipId, sentAt, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadPayloadAsync(CancellationToken cancellationToken)
    {
        var payload = new MemoryStream();
        // A read of standard input blocks, and cannot be interrupted: only left alone, which is why this is not disposed either.
        var input = Console.OpenStandardInput();
        var buffer = new byte[1 << 16];
        while (await Task.Run(() => input.Read(buffer), CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            payload.Write(buffer, 0, read);
            if (payload.Length > LargestPayload)
                throw new ArchiverException(ExitCode.DataError, $"The request is larger than {LargestPayload} bytes; name its files in filesFrom instead.");
        }
        return payload.GetBuffer().AsMemory(0, (int)payload.Length);
    }

    private static FailureDescription Describe(Exception error, StopSignals stop)
    {
        var (code, detail) = error switch
        {
            OperationCanceledException when stop.ExitCode is { } signal => (signal, "Stopped before the archive was done; nothing of it was stored."),
            ArchiverException known => (known.ExitCode, known.Message),
            _ => (ExitCode.Software, $"A bug in archiver-processor: {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}"),
        };
        return new FailureDescription(ExitCode.NameOf(code), code, detail.Length > LongestDetail ? detail[..LongestDetail] + "..." : detail);
    }

    private static int Report(ProcessorResult result, int exitCode, Activity? span)
    {
        span?.SetTag("archiver.aipid", result.AipId).SetTag("process.exit.code", exitCode);
        if (result.Error is { } failure)
            JobTrace.Fail(span, failure.Code, failure.Detail);
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(SafeText.Escape(JsonSerializer.Serialize(result, ContractJson.Strict.ProcessorResult))));
        output.WriteByte((byte)'\n');
        return exitCode;
    }
}
