using System.Security.Cryptography;
using System.Text;

namespace Archiver.Queues;

/// <summary>
/// The message group of an AIP on FIFO queues: messages about one AIP stay in order, and AIPs do not wait for each other.
/// </summary>
internal static class ArchiveGroup
{
    private const string Prefix = "archive-";

    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
    private const int Longest = 128;

    /// <summary>
    /// <c>archive-{id}</c>, with a hash instead of an identifier that is too long or has characters that SQS does not allow.
    /// </summary>
    public static string For(string id) =>
        Prefix.Length + id.Length <= Longest && id.All(static c => c is > ' ' and < '\u007F')
            ? Prefix + id
            : Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
