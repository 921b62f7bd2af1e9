using System.CommandLine;
using Archiver.Contract.Messages;
using Archiver.Processor.Stores.Schemes;
using Archiver.Programs.Settings;

namespace Archiver.Processor.Commands;

internal sealed class CheckCommand(string? aipId) : IProcessorCommand<CheckCommand, ProcessorResult>
{
    public string? AipId => aipId;

    public bool IsJob => false;

    public static Command Define() => new("check", "Checks whether the source and the destination can be used; reads no request");

    // The command has no --aipid; only the older form, --check, allows it.
    public static CheckCommand From(ParseResult parsed) => new(RequestOptions.AipIdIn(parsed));

    public async Task<ProcessorResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = ArchiveSettings.From(context.Settings);
        using var stores = new StoreFactory(settings, AwsSettings.From(context.Settings), TimeProvider.System, context.Log, retries: 1);
        return await new ProcessorCheck(settings, stores, TimeProvider.System).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public string Write(ProcessorResult result) => ResultText.Of(result);

    public ProcessorResult Failed(FailureDescription failure) =>
        new() { AipId = AipId, Success = false, Checked = true, Message = failure.Detail, Error = failure };
}
