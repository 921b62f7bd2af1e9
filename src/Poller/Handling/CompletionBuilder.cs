using System.Globalization;
using System.Text;
using System.Text.Json;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;
using Archiver.Queues;

namespace Archiver.Poller.Handling;

/// <summary>Writes the completion of a request: what the request said, and how it ended.</summary>
internal static class CompletionBuilder
{
    private const int LongestText = 1000;

    private static readonly JsonElement NoMetadata = JsonDocument.Parse("{}").RootElement;

    /// <summary>The completion message, no larger than the queue takes.</summary>
    /// <param name="request">The request as received.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="largest">The most bytes that the completion queue takes, attributes included.</param>
    public static OutgoingMessage Build(ReceivedMessage request, ProcessorResult result, int largest)
    {
        var completion = Describe(request, result);
        var attributes = Fitting(request.Attributes, largest / 2);
        if (attributes.Count < request.Attributes.Count)
            completion = Without("attributes", completion);
        var room = largest - MessageSize.Of(attributes);
        var body = Serialize(completion);
        foreach (var shorten in Shortenings)
        {
            if (Encoding.UTF8.GetByteCount(body) <= room)
                break;
            completion = shorten(completion);
            body = Serialize(completion);
        }
        return new OutgoingMessage(body)
        {
            Attributes = attributes,
            GroupId = ArchiveGroup.For(completion.AipId),
            DeduplicationId = request.MessageId,
        };
    }

    /// <summary>What is left out of a completion that is too large, first things first.</summary>
    private static IReadOnlyList<Func<ArchiveCompletion, ArchiveCompletion>> Shortenings { get; } =
    [
        static completion => completion.FileNames is null ? completion : Without("filenames", completion with { FileNames = null }),
        static completion => completion.Skipped is not { Count: > 0 } ? completion : Without("skipped", completion with { Skipped = null }),
        static completion => completion.Unknown is null ? completion : Without("unknown properties", completion with { Unknown = null }),
        static completion => JsonElement.DeepEquals(completion.Metadata, NoMetadata) ? completion : Without("metadata", completion with { Metadata = NoMetadata }),
        // Invalid requests may have any text where a word is asked for, and reasons quote it.
        static completion => Without("long texts", completion with
        {
            Action = Short(completion.Action),
            AipId = Short(completion.AipId),
            Timestamp = Short(completion.Timestamp),
            Message = Short(completion.Message),
            Error = completion.Error is { } error ? error with { Detail = Short(error.Detail) } : null,
        }),
    ];

    private static ArchiveCompletion Describe(ReceivedMessage request, ProcessorResult result)
    {
        var echo = RequestEcho.From(request.Body);
        return new ArchiveCompletion
        {
            Action = echo.Action ?? ArchiveRequest.ArchiveAction,
            AipId = echo.AipId ?? request.MessageId,
            FileNames = echo.FileNames,
            Timestamp = echo.Timestamp ?? request.SentAt.ToString("O", CultureInfo.InvariantCulture),
            Priority = echo.Priority ?? RequestPriority.Medium,
            Success = result.Success,
            Message = result.Message,
            Metadata = echo.Metadata ?? NoMetadata,
            Substitutions = result.Archive is { } archive ? new Dictionary<string, string> { ["archiver_URL"] = archive.Url } : null,
            Archive = result.Archive,
            Skipped = result.Skipped ?? [],
            Error = result.Error,
            Unknown = echo.Unknown,
        };
    }

    // One after another as long as they leave room for others and for the body.
    private static Dictionary<string, MessageAttribute> Fitting(IReadOnlyDictionary<string, MessageAttribute> attributes, int room)
    {
        var fitting = new Dictionary<string, MessageAttribute>();
        foreach (var (name, value) in attributes)
        {
            fitting.Add(name, value);
            if (MessageSize.Of(fitting) > room)
                fitting.Remove(name);
        }
        return fitting;
    }

    private static string Short(string text) => text.Length <= LongestText
        ? text
        : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)] + "...";

    private static ArchiveCompletion Without(string name, ArchiveCompletion completion) =>
        completion with { Truncated = [.. completion.Truncated ?? [], name] };

    private static string Serialize(ArchiveCompletion completion) => JsonSerializer.Serialize(completion, ContractJson.Strict.ArchiveCompletion);
}
