using System.IO.Compression;
using System.Text;
using Archiver.Queues;

namespace Archiver.Poller.Requests;

/// <summary>
/// A body that is packed so that the reason of its rejection fits beside it: gzip, in base64. A request that comes back so is unpacked.
/// </summary>
internal static class PackedBody
{
    public const string Attribute = "Archiver-Body";

    private const string Form = "gzip+base64";

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public static MessageAttribute Mark { get; } = MessageAttribute.Text(Form);

    /// <returns>Null when the text has half a character, which no encoding can carry.</returns>
    public static string? Pack(string body)
    {
        try
        {
            var text = Utf8.GetBytes(body);
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
                gzip.Write(text);
            return Convert.ToBase64String(packed.ToArray());
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    public static bool IsPacked(ReceivedMessage message) => message.Attributes.GetValueOrDefault(Attribute)?.StringValue == Form;

    /// <returns>The body as it is when it does not hold what its attribute says, or more than a message can.</returns>
    public static string Unpack(string body)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(body)), CompressionMode.Decompress);
            var unpacked = new byte[QueueLimits.Sqs.MessageBytes + 1];
            var length = gzip.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
            return length == 0 || length > QueueLimits.Sqs.MessageBytes ? body : Utf8.GetString(unpacked, 0, length);
        }
        catch (Exception error) when (error is FormatException or InvalidDataException or DecoderFallbackException)
        {
            return body;
        }
    }
}
