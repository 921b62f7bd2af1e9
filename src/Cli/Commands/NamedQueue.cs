using System.CommandLine;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.CommandLine;
using Archiver.Contract.Settings;
using Archiver.Queues;

namespace Archiver.Cli.Commands;

/// <summary>The option that names one of the configured queues.</summary>
internal static class NamedQueue
{
    private const string Requests = "requests";
    private const string Completions = "completions";
    private const string DeadLetter = "dead-letter";

    public static Option<string?> Option { get; } = Create();

    public static async Task<IMessageQueue> OpenAsync(ParseResult parsed, ArchiverSettings settings, CancellationToken cancellationToken)
    {
        var factory = CommonOptions.Queues(settings);
        if (parsed.GetValue(Option) == Completions)
            return Open(factory, SettingCatalog.QueueCompletions, settings.Require(SettingCatalog.QueueCompletions));
        var requests = Open(factory, SettingCatalog.QueueRequests, settings.Get(SettingCatalog.QueueRequests));
        if (parsed.GetValue(Option) == Requests)
            return requests;
        await using (requests)
            return await factory.OpenDeadLetterAsync(requests, cancellationToken).ConfigureAwait(false)
                ?? throw new ArchiverException(ExitCode.Config, $"{requests.Location} has no dead-letter queue; {SettingCatalog.QueueDeadLetter.Name} is not set either.");
    }

    // A new, empty queue is what nobody looks for: this is the wrong folder, or nothing was sent yet.
    private static IMessageQueue Open(QueueFactory factory, Setting setting, string location) => QueueFactory.MissingFile(location) is { } file
        ? throw new ArchiverException(ExitCode.NoInput, $"There is no queue file {file}. Is this the right folder? {setting.Name} is {location}.")
        : factory.Open(location);

    private static Option<string?> Create()
    {
        var option = ValueOption.Create("--queue", $"Which queue: {Completions}, {Requests} or {DeadLetter}", SettingForm.OneOf(Completions, Requests, DeadLetter));
        option.DefaultValueFactory = static _ => Completions;
        return option;
    }
}
