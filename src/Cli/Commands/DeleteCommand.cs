using System.CommandLine;
using System.Text.Json.Nodes;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.CommandLine;
using Archiver.Queues;

namespace Archiver.Cli.Commands;

/// <summary>Deletes a received message.</summary>
internal static class DeleteCommand
{
    private static readonly Option<string?> HandleOption = ValueOption.Create("--receipt-handle", "The handle that `archiver receive` printed");

    static DeleteCommand() => HandleOption.Required = true;

    public static Command Create()
    {
        var command = new Command("delete",
            """
            Deletes a received message.

              archiver delete --receipt-handle HANDLE
              archiver delete --queue dead-letter --receipt-handle HANDLE
            """);
        command.Options.Add(HandleOption);
        command.Options.Add(NamedQueue.Option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var queue = await NamedQueue.OpenAsync(parsed, CommonOptions.Load(parsed), cancellationToken).ConfigureAwait(false);
        if (await queue.DeleteAsync(parsed.GetValue(HandleOption)!, cancellationToken).ConfigureAwait(false) is { } failure)
            throw new ArchiverException(failure.LeaseLost ? ExitCode.Usage : ExitCode.TempFail, $"The message could not be deleted: {failure.Reason}.");
        if (CommonOptions.WantsJson(parsed))
            Output.WriteJson(new JsonObject { ["deleted"] = true });
        else
            Console.WriteLine($"Deleted from {queue.Location}.");
        return ExitCode.Ok;
    }
}
