using System.CommandLine;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Settings;
using Archiver.Queues;

namespace Archiver.Cli.Commands;

/// <summary>The option that names one of the configured queues.</summary>
internal static class NamedQueue
{
    private const string Requests = "requests";
    private const string Completions = "completions";
    private const string DeadLetter = "dead-letter";

    public static Option<string> Option { get; } = Create();

    public static async Task<IMessageQueue> OpenAsync(ParseResult parsed, ArchiverSettings settings, CancellationToken cancellationToken)
    {
        var factory = CommonOptions.Queues(settings);
        if (parsed.GetValue(Option) == Completions)
            return factory.Open(settings.Require<string>(SettingCatalog.QueueCompletions));
        var requests = factory.Open(settings.Require<string>(SettingCatalog.QueueRequests));
        if (parsed.GetValue(Option) == Requests)
            return requests;
        await using (requests)
            return await factory.OpenDeadLetterAsync(requests, cancellationToken).ConfigureAwait(false)
                ?? throw new ArchiverException(ExitCode.Config, $"{requests.Location} has no dead-letter queue; {SettingCatalog.QueueDeadLetter.Name} is not set either.");
    }

    private static Option<string> Create()
    {
        var option = new Option<string>("--queue") { Description = "Which queue", DefaultValueFactory = static _ => Completions };
        option.AcceptOnlyFromAmong(Completions, Requests, DeadLetter);
        return option;
    }
}
