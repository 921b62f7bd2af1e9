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
    private static readonly JsonElement NoMetadata = JsonDocument.Parse("{}").RootElement;

    /// <summary>The completion message, no larger than the queue takes.</summary>
    /// <param name="request">The request as received.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="largest">The most bytes that the completion queue takes, attributes included.</param>
    public static OutgoingMessage Build(ReceivedMessage request, ProcessorResult result, int largest)
    {
        var completion = Describe(request, result);
        var room = largest - MessageSize.Of(request.Attributes);
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
            Attributes = request.Attributes,
            GroupId = ArchiveGroup.For(completion.AipId),
            DeduplicationId = request.MessageId,
        };
    }

    /// <summary>What is left out of a completion that is too large, first things first.</summary>
    private static IReadOnlyList<Func<ArchiveCompletion, ArchiveCompletion>> Shortenings { get; } =
    [
        static completion => Without("filenames", completion with { FileNames = null }),
        static completion => Without("skipped", completion with { Skipped = null }),
        static completion => Without("unknown properties", completion with { Unknown = null }),
        static completion => Without("metadata", completion with { Metadata = NoMetadata }),
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

    private static ArchiveCompletion Without(string name, ArchiveCompletion completion) =>
        completion with { Truncated = [.. completion.Truncated ?? [], name] };

    private static string Serialize(ArchiveCompletion completion) => JsonSerializer.Serialize(completion, ContractJson.Strict.ArchiveCompletion);
}
