namespace Archiver.Queues.Local;

/// <summary>A receipt handle identifies a message and one receive of it: <c>{message id}.{random}</c>.</summary>
internal static class ReceiptHandle
{
    public static string New(string messageId) => $"{messageId}.{Guid.NewGuid():N}";

    public static bool IsMessageId(string text) => Guid.TryParseExact(text, "D", out _);

    /// <returns>The message ID; null if the text is not a receipt handle.</returns>
    public static string? MessageIdOf(string handle) =>
        handle.Split('.') is [var id, var random] && IsMessageId(id) && Guid.TryParseExact(random, "N", out _) ? id : null;
}
