using System.Security.Cryptography;
using System.Text;

namespace Archiver.Queues;

/// <summary>What a message on a FIFO queue has when its sender named neither group nor deduplication id.</summary>
internal static class FifoMessage
{
    /// <summary>For so long a second message with the same deduplication id is the first one.</summary>
    public static readonly TimeSpan DeduplicationTime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Without a group a message is a group of its own: nobody asked for an order. Without a deduplication id the hash of the
    /// body stands in, as with SQS's content-based deduplication, which then need not be switched on.
    /// </summary>
    public static OutgoingMessage Complete(OutgoingMessage message) => message with
    {
        GroupId = message.GroupId ?? Guid.NewGuid().ToString("D"),
        DeduplicationId = message.DeduplicationId ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.Body))),
    };
}
