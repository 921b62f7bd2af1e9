using System.Globalization;

namespace Archiver.Queues.Sqs;

/// <summary>The answer of GetQueueAttributes: all values are text, and those that a server leaves out have a default.</summary>
internal sealed class SqsQueueAttributes(Dictionary<string, string> attributes)
{
    public SqsRedrive? Redrive => SqsRedrive.Parse(attributes.GetValueOrDefault("RedrivePolicy"));

    public long Number(string name, long otherwise) =>
        long.TryParse(attributes.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
