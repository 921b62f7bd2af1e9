using System.CommandLine;
using Archiver.Contract.Messages;
using Archiver.Processor.Reporting;
using Archiver.Processor.Transfer;

namespace Archiver.Processor.Commands;

internal sealed class ArchiveCommand(RequestOptions options) : IProcessorCommand<ArchiveCommand, ProcessorResult>
{
    public string? AipId { get; private set; } = options.AipId;

    public static Command Define()
    {
        var command = new Command("archive", "Makes the archive requested on standard input (the default)");
        foreach (var option in RequestOptions.All)
            command.Options.Add(option);
        return command;
    }

    public static ArchiveCommand From(ParseResult parsed) => new(RequestOptions.From(parsed));

    public async Task<ProcessorResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var received = await ReceivedRequest.ReadAsync(
            options, context, aipId => AipId = aipId, cancellationToken).ConfigureAwait(false);
        var (settings, log) = (received.Settings, received.Log);
        var bar = context.OnTerminal ? new ProgressBar(Console.Error, received.AipId) : null;
        var phases = new JobPhases(new JobProgress(log, bar, TimeProvider.System));
        var builder = new ArchiveBuilder(received.Sources, received.Archives, settings, received.Costs, phases, log);
        var job = new ArchiveJob(settings, received.Sources, received.Archives, builder, phases, TimeProvider.System, log);
        var result = await job.RunAsync(received.Request, received.AipId, received.SentAt, cancellationToken).ConfigureAwait(false);
        log.Information("Stored {Archive}: {Bytes} bytes in {Duration} ms (reused: {Reused})",
            result.Archive!.Uri, result.Archive.Bytes, result.Archive.DurationMs, result.Archive.Reused);
        return result;
    }

    public string Write(ProcessorResult result) => ResultText.Of(result);
}
