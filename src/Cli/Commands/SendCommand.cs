using System.CommandLine;
using System.Text.Json.Nodes;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Contract.Text;
using Archiver.Programs.CommandLine;
using Archiver.Programs.Settings;
using Archiver.Queues;
using Archiver.Queues.Clients;

namespace Archiver.Cli.Commands;

/// <summary>Puts an archive request on the queue.</summary>
internal static class SendCommand
{
    private static readonly Option<string?> AipIdOption = ValueOption.AipId("Identifier of the package to archive");
    private static readonly Option<string[]> FileNamesOption = new("--filenames") { Description = "Names of files in the package (default: the whole package)", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string?> PriorityOption = ValueOption.Create("--priority", "low, medium or high", SettingForm.OneOf([.. RequestPriority.All]));
    private static readonly Option<string?> FileOption = ValueOption.Create("--file", "File with a request as JSON; - reads standard input");

    public static Command Create()
    {
        var command = new Command("send",
            """
            Puts an archive request on the queue.

              archiver send --aipid mds2909                                      the whole package
              archiver send --aipid mds2909 --filenames trial1.txt trial2.txt    two of its files
              archiver send --file request.json                                  a request of your own
              echo '{"files":[{"source":"a.jpg"}]}' | archiver send --file -
            """);
        foreach (var option in new Option[] { AipIdOption, FileNamesOption, PriorityOption, FileOption })
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (Contradiction(parsed) is { } problem)
            throw new ArchiverException(ExitCode.Usage, problem + UsageProblem.Hint(parsed));
        var settings = CommonOptions.Load(parsed);
        var request = parsed.GetValue(FileOption) is { } file
            ? RequestReader.Parse(await RequestFile.ReadAsync(file, cancellationToken).ConfigureAwait(false))
            : FromOptions(parsed);
        foreach (var misspelling in Misspelling.In(request))
            await Console.Error.WriteLineAsync(SafeText.Escape(misspelling.ToString())).ConfigureAwait(false);
        var queue = QueueFactory.FullLocation(settings.Get(SettingCatalog.QueueRequests));
        var newFile = QueueFactory.MissingFile(queue);
        await using var client = new QueueArchiveClient(CommonOptions.Queues(settings).Open(queue), null);
        var messageId = await client.RequestArchiveAsync(request, null, cancellationToken).ConfigureAwait(false);
        if (newFile is not null)
            await Console.Error.WriteLineAsync(SafeText.Escape($"The queue file {newFile} did not exist and was created; the poller must use the same file.")).ConfigureAwait(false);
        if (CommonOptions.WantsJson(parsed))
            Output.WriteJson(new JsonObject { ["messageId"] = messageId, ["queue"] = queue });
        else
            Console.WriteLine(SafeText.Escape($"Sent to {queue} as message {messageId}."));
        return ExitCode.Ok;
    }

    private static string? Contradiction(ParseResult parsed)
    {
        var fromFile = parsed.GetValue(FileOption) is not null;
        if (fromFile == parsed.GetValue(AipIdOption) is not null)
            return "Give either --aipid or --file.";
        return fromFile && (parsed.GetValue(FileNamesOption) is { Length: > 0 } || parsed.GetValue(PriorityOption) is not null)
            ? "--file is the whole request: --filenames and --priority belong in it."
            : null;
    }

    private static ArchiveRequest FromOptions(ParseResult parsed) => new()
    {
        AipId = parsed.GetValue(AipIdOption),
        FileNames = parsed.GetValue(FileNamesOption) is { Length: > 0 } names ? names : null,
        Priority = parsed.GetValue(PriorityOption),
        Timestamp = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", System.Globalization.CultureInfo.InvariantCulture),
        Action = ArchiveRequest.ArchiveAction,
    };
}
