using System.Text.Json;
using Archiver.Contract.Messages;

namespace Archiver.Queues.Clients;

internal static class CompletionReader
{
    /// <exception cref="UnreadableCompletionException">The message is not a completion.</exception>
    public static ReceivedCompletion Read(ReceivedMessage message) => new()
    {
        Completion = Parse(message),
        ReceiptHandle = message.ReceiptHandle,
        MessageId = message.MessageId,
        Attributes = message.Attributes,
        RawBody = message.Body,
    };

    private static ArchiveCompletion Parse(ReceivedMessage message)
    {
        try
        {
            var completion = JsonSerializer.Deserialize(message.Body, ContractJson.Strict.ArchiveCompletion);
            return completion is { AipId: not null, Timestamp: not null }
                ? Complete(completion)
                : throw new UnreadableCompletionException(message, "it has no aipid or no timestamp");
        }
        catch (JsonException error)
        {
            throw new UnreadableCompletionException(message, JsonProblem.Describe(error), error);
        }
        catch (ArgumentException error)
        {
            throw new UnreadableCompletionException(message, "it is not valid Unicode", error);
        }
    }

    // The generated reader sets properties that the message lacks to null, whatever their defaults are.
    private static ArchiveCompletion Complete(ArchiveCompletion read) => read with
    {
        Action = (string?)read.Action ?? ArchiveRequest.ArchiveAction,
        Priority = (string?)read.Priority ?? RequestPriority.Medium,
        Message = (string?)read.Message ?? "",
        Metadata = read.Metadata.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("{}") : read.Metadata,
    };
}
