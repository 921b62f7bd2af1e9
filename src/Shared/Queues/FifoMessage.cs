using System.Security.Cryptography;
using System.Text;

namespace Archiver.Queues;

/// <summary>The group and deduplication ID of a message on a FIFO queue whose sender gave none.</summary>
internal static class FifoMessage
{
    /// <summary>How long a second message with the same deduplication ID counts as the first.</summary>
    public static readonly TimeSpan DeduplicationTime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A message without a group gets its own: nobody asked for an order. Without a deduplication ID it gets the hash of its body, as with
    /// SQS's content-based deduplication, which then need not be enabled.
    /// </summary>
    public static OutgoingMessage Complete(OutgoingMessage message) => message with
    {
        GroupId = message.GroupId ?? Guid.NewGuid().ToString("D"),
        DeduplicationId = message.DeduplicationId ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.Body))),
    };
}
