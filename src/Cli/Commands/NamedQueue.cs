using System.CommandLine;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.CommandLine;
using Archiver.Programs.Settings;
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
            return factory.OpenExisting(settings.Require(SettingCatalog.QueueCompletions), SettingCatalog.QueueCompletions.Name);
        var requests = factory.OpenExisting(settings.Get(SettingCatalog.QueueRequests), SettingCatalog.QueueRequests.Name);
        if (parsed.GetValue(Option) == Requests)
            return requests;
        await using (requests)
        {
            var location = await QueueFactory.FindDeadLetterAsync(requests, settings.Get(SettingCatalog.QueueDeadLetter), cancellationToken).ConfigureAwait(false);
            return factory.OpenExisting(
                location ?? throw new ArchiverException(ExitCode.Config, $"{requests.Location} has no dead-letter queue; {SettingCatalog.QueueDeadLetter.Name} is not set either."),
                SettingCatalog.QueueDeadLetter.Name);
        }
    }

    private static Option<string?> Create()
    {
        var option = ValueOption.Create("--queue", $"Which queue: {Completions}, {Requests} or {DeadLetter}", SettingForm.OneOf(Completions, Requests, DeadLetter));
        option.DefaultValueFactory = static _ => Completions;
        return option;
    }
}
