using System.Text;
using Archiver.Queues;

namespace Archiver.Poller.Handling;

/// <summary>What counts towards the largest message that SQS takes: the body, and each attribute's name, type and value.</summary>
internal static class MessageSize
{
    public static int Of(IReadOnlyDictionary<string, MessageAttribute> attributes) => attributes.Sum(static pair =>
        Encoding.UTF8.GetByteCount(pair.Key) + Encoding.UTF8.GetByteCount(pair.Value.DataType)
        + Encoding.UTF8.GetByteCount(pair.Value.StringValue ?? "") + pair.Value.BinaryValue.Length);
}
