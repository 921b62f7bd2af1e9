using System.CommandLine;
using System.Text.Json.Nodes;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Contract.Settings;
using Archiver.Queues.Clients;

namespace Archiver.Cli.Commands;

/// <summary>Puts an archive request on the queue.</summary>
internal static class SendCommand
{
    private static readonly Option<string> AipIdOption = new("--aipid") { Description = "Identifier of the package to archive" };
    private static readonly Option<string[]> FileNamesOption = new("--filenames") { Description = "Names below the package; none: the whole package", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string> PriorityOption = new("--priority") { Description = "low, medium or high" };
    private static readonly Option<string> FileOption = new("--file") { Description = "A request as JSON; - for standard input" };

    public static Command Create()
    {
        var command = new Command("send",
            """
            Puts an archive request on the queue.

              archiver send --aipid mds2909                                      the whole package
              archiver send --aipid mds2909 --filenames trial1.txt trial2.txt    two files of it
              archiver send --file request.json                                  a request of your own
              echo '{"files":[{"source":"a.jpg"}]}' | archiver send --file -
            """);
        foreach (var option in new Option[] { AipIdOption, FileNamesOption, PriorityOption, FileOption })
            command.Options.Add(option);
        command.Validators.Add(static result =>
        {
            var fromFile = result.GetValue(FileOption) is not null;
            if (fromFile == result.GetValue(AipIdOption) is not null)
                result.AddError("Give either --aipid or --file.");
            else if (fromFile && (result.GetValue(FileNamesOption) is { Length: > 0 } || result.GetValue(PriorityOption) is not null))
                result.AddError("--file is the whole request: --filenames and --priority belong into it.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = CommonOptions.Load(parsed);
        var request = parsed.GetValue(FileOption) is { } file ? RequestReader.Parse(await ReadAsync(file, cancellationToken).ConfigureAwait(false)) : FromOptions(parsed);
        foreach (var misspelling in Misspelling.In(request))
            await Console.Error.WriteLineAsync(misspelling.ToString()).ConfigureAwait(false);
        var queue = settings.Require<string>(SettingCatalog.QueueRequests);
        await using var client = new QueueArchiveClient(CommonOptions.Queues(settings).Open(queue), null);
        var messageId = await client.RequestArchiveAsync(request, null, cancellationToken).ConfigureAwait(false);
        if (CommonOptions.WantsJson(parsed))
            Output.WriteJson(new JsonObject { ["messageId"] = messageId, ["queue"] = queue });
        else
            Console.WriteLine($"Sent to {queue} as message {messageId}.");
        return ExitCode.Ok;
    }

    private static ArchiveRequest FromOptions(ParseResult parsed) => new()
    {
        AipId = parsed.GetValue(AipIdOption),
        FileNames = parsed.GetValue(FileNamesOption) is { Length: > 0 } names ? names : null,
        Priority = parsed.GetValue(PriorityOption),
        Timestamp = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffffzzz", System.Globalization.CultureInfo.InvariantCulture),
        Action = ArchiveRequest.ArchiveAction,
    };

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            if (file != "-")
                return await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
            using var memory = new MemoryStream();
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(memory, cancellationToken).ConfigureAwait(false);
            return memory.ToArray();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArchiverException(ExitCode.NoInput, $"--file {file} cannot be read: {error.Message}", error);
        }
    }
}
