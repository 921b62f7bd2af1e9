using System.CommandLine;
using System.Text.Json;
using Archiver.Processor.Costs;
using Archiver.Processor.Reporting;

namespace Archiver.Processor.Commands;

internal sealed class PlanCommand(RequestOptions options, bool asJson) : IProcessorCommand<PlanCommand, ArchiveEstimate>
{
    public static readonly Option<bool> JsonOption = new("--json") { Description = "Print a plan as JSON instead of a table" };

    public string? AipId { get; private set; } = options.AipId;

    public static Command Define()
    {
        var command = new Command(
            "plan", "Shows what the archive requested on standard input would contain and cost, without moving any data");
        foreach (var option in RequestOptions.All.Append(JsonOption))
            command.Options.Add(option);
        return command;
    }

    public static PlanCommand From(ParseResult parsed) => new(RequestOptions.From(parsed), parsed.GetValue(JsonOption));

    public async Task<ArchiveEstimate> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var received = await ReceivedRequest.ReadAsync(
            options, context, aipId => AipId = aipId, cancellationToken).ConfigureAwait(false);
        var estimator = new Estimator(received.Settings, received.Sources, received.Archives, received.Costs);
        return await estimator.EstimateAsync(received.Request, received.AipId, received.SentAt, cancellationToken).ConfigureAwait(false);
    }

    public string Write(ArchiveEstimate result) =>
        asJson ? JsonSerializer.Serialize(result, EstimateJson.Default.ArchiveEstimate) : EstimateTable.Of(result);
}
