using Archiver.Contract.Settings;

namespace Archiver.Queues;

/// <summary>Opens a queue by its location: an SQS URL, a bare SQS queue name, or <c>sqlite:path#name</c>.</summary>
public sealed class QueueFactory(AwsSettings aws, QueueSettings settings)
{
    /// <summary>Opens a queue; on SQS nothing is asked of the server yet, on SQLite the file and the queue are created when missing.</summary>
    public IMessageQueue Open(string location) => throw new NotSupportedException($"{location} {aws} {settings}");
}
