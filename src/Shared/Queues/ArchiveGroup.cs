using System.Security.Cryptography;
using System.Text;

namespace Archiver.Queues;

/// <summary>
/// The message group of an AIP on FIFO queues: what concerns one AIP stays in order, and AIPs do not wait for each other.
/// </summary>
internal static class ArchiveGroup
{
    private const string Prefix = "archive-";

    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
    private const int Longest = 128;

    /// <summary>
    /// <c>archive-{id}</c>; a hash stands in for an identifier that is too long, or has characters that SQS takes for none.
    /// </summary>
    public static string For(string id) =>
        Prefix.Length + id.Length <= Longest && id.All(static c => c is > ' ' and < '\u007F')
            ? Prefix + id
            : Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
