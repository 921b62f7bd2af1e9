using System.Globalization;
using System.Text;
using System.Text.Json;
using Archiver.Contract.Messages;
using Archiver.Poller.Requests;
using Archiver.Queues;

namespace Archiver.Poller.Settling;

/// <summary>Writes the completion of a request: what the request said, and how it ended.</summary>
internal static class CompletionBuilder
{
    private static readonly JsonElement NoMetadata = JsonElement.Parse("{}");

    /// <summary>The completion message, no larger than the queue takes.</summary>
    /// <param name="request">Whose attributes it takes along.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="largest">The most bytes that the completion queue takes, attributes included.</param>
    public static OutgoingMessage Build(IncomingRequest request, ProcessorResult result, int largest)
    {
        var completion = Describe(request, result);
        var attributes = Fitting(OwnAttributes.Without(request.Content.Attributes), largest / 2);
        if (attributes.Count < request.Content.Attributes.Count)
            completion = Without("attributes", completion);
        var body = Serialize(completion);
        foreach (var shorten in Shortenings)
        {
            if (Encoding.UTF8.GetByteCount(body) <= largest - MessageRules.SizeOf(attributes))
                break;
            completion = shorten(completion);
            body = Serialize(completion);
        }
        if (Encoding.UTF8.GetByteCount(body) > largest - MessageRules.SizeOf(attributes))
            attributes = [];
        return new OutgoingMessage(body)
        {
            Attributes = attributes,
            GroupId = ArchiveGroup.For(completion.AipId),
            // By the message and how it ended: a failure that was told must not hide the success of a later try.
            DeduplicationId = $"{request.Arrival.Message.MessageId}-{(result.Success ? "success" : "failure")}",
        };
    }

    /// <summary>The least that tells how a request ended: every queue takes it.</summary>
    public static OutgoingMessage BuildMinimal(IncomingRequest request, ProcessorResult result) =>
        Build(request.With(MessageAttribute.None), result, MessageRules.SmallestMaximumBytes);

    /// <summary>What is left out of a completion that is too large, first things first.</summary>
    private static IReadOnlyList<Func<ArchiveCompletion, ArchiveCompletion>> Shortenings { get; } =
    [
        static completion => completion.FileNames is null ? completion : Without("filenames", completion with { FileNames = null }),
        static completion => completion.Skipped is not { Count: > 0 } ? completion : Without("skipped", completion with { Skipped = null }),
        static completion => completion.Unknown is null ? completion : Without("unknown properties", completion with { Unknown = null }),
        static completion => JsonElement.DeepEquals(completion.Metadata, NoMetadata)
            ? completion
            : Without("metadata", completion with { Metadata = NoMetadata }),
        // Invalid requests may have any text where a word is asked for, and reasons quote it.
        static completion => Short(completion, 1000),
        static completion => Short(completion, 250),
        // Its link stands in the substitutions as well.
        static completion => completion.Archive is null ? completion : Without("archive", completion with { Archive = null }),
        static completion => Short(completion, 60),
        static completion => completion.Substitutions is null
            ? completion
            : Without("substitutions", completion with { Substitutions = null }),
    ];

    private static ArchiveCompletion Short(ArchiveCompletion completion, int most) => Without("long texts", completion with
    {
        Action = CutText.ToJsonBytes(completion.Action, most),
        AipId = CutText.ToJsonBytes(completion.AipId, most),
        Timestamp = CutText.ToJsonBytes(completion.Timestamp, most),
        Message = CutText.ToJsonBytes(completion.Message, most),
        Error = completion.Error is { } error ? error with { Detail = CutText.ToJsonBytes(error.Detail, most) } : null,
    });

    private static ArchiveCompletion Describe(IncomingRequest request, ProcessorResult result)
    {
        var (content, echo) = (request.Content, request.Echo);
        var completion = new ArchiveCompletion
        {
            RequestId = content.MessageId,
            Action = echo.Action ?? ArchiveRequest.ArchiveAction,
            AipId = echo.AipId ?? content.MessageId,
            FileNames = echo.FileNames,
            Timestamp = echo.Timestamp ?? content.SentAt.ToString("O", CultureInfo.InvariantCulture),
            Priority = echo.Priority ?? RequestPriority.Medium,
            Success = result.Success,
            Message = result.Message,
            Metadata = echo.Metadata ?? NoMetadata,
            Substitutions = result.Archive is { } archive ? new Dictionary<string, string> { ["archiver_URL"] = archive.Url } : null,
            Archive = result.Archive,
            Skipped = result.Skipped ?? [],
            Error = result.Error,
            SkippedCount = result.SkippedCount,
            Unknown = echo.Unknown,
        };
        return result.SkippedCount is null ? completion : Without("skipped", completion);
    }

    // One after another as long as they leave room for others and for the body.
    private static Dictionary<string, MessageAttribute> Fitting(IReadOnlyDictionary<string, MessageAttribute> attributes, int room)
    {
        var fitting = new Dictionary<string, MessageAttribute>();
        foreach (var attribute in attributes.Where(static a => AttributeRules.FindProblem(a.Key, a.Value) is null))
        {
            var size = MessageRules.SizeOf([attribute]);
            if (size > room || fitting.Count == MessageRules.MaximumAttributes)
                continue;
            fitting.Add(attribute.Key, attribute.Value);
            room -= size;
        }
        return fitting;
    }

    private static ArchiveCompletion Without(string name, ArchiveCompletion completion) =>
        completion.Truncated?.Contains(name) == true ? completion : completion with { Truncated = [.. completion.Truncated ?? [], name] };

    private static string Serialize(ArchiveCompletion completion) =>
        JsonSerializer.Serialize(completion, ContractJson.Strict.ArchiveCompletion);
}
