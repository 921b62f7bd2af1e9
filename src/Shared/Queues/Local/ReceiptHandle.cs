namespace Archiver.Queues.Local;

/// <summary>A receipt handle names the message and this one receive of it: <c>{message id}.{random}</c>.</summary>
internal static class ReceiptHandle
{
    public static string New(string messageId) => $"{messageId}.{Guid.NewGuid():N}";

    public static bool IsMessageId(string text) => Guid.TryParseExact(text, "D", out _);

    /// <returns>The message id; null when the text is no receipt handle.</returns>
    public static string? MessageIdOf(string handle) =>
        handle.Split('.') is [var id, var random] && IsMessageId(id) && Guid.TryParseExact(random, "N", out _) ? id : null;
}
