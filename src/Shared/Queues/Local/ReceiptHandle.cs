namespace Archiver.Queues.Local;

/// <summary>A receipt handle names the message and this one receive of it: <c>{message id}.{random}</c>.</summary>
internal static class ReceiptHandle
{
    public static string New(string messageId) => $"{messageId}.{Guid.NewGuid():N}";

    /// <returns>The message id; null when the text is no receipt handle.</returns>
    public static string? MessageIdOf(string handle) =>
        handle.Split('.') is [var id, var random] && Guid.TryParseExact(id, "D", out _) && Guid.TryParseExact(random, "N", out _) ? id : null;
}
