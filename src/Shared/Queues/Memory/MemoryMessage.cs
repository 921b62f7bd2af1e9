using Archiver.Queues.Local;

namespace Archiver.Queues.Memory;

/// <summary>A message in a queue in memory.</summary>
internal sealed class MemoryMessage(long position, string id, OutgoingMessage content, DateTimeOffset sentAt)
{
    public long Position { get; } = position;
    public string Id { get; } = id;
    public string? GroupId => content.GroupId;
    public int ReceiveCount { get; private set; }

    // Until it is received, it is visible whatever the clock says.
    public Lease Lease { get; set; } = new(null, DateTimeOffset.MinValue);

    public bool IsInFlight(DateTimeOffset now) => Lease.VisibleAt > now;

    public ReceivedMessage Receive(DateTimeOffset visibleAt)
    {
        ReceiveCount++;
        var handle = ReceiptHandle.New(Id);
        Lease = new Lease(handle, visibleAt);
        return new ReceivedMessage
        {
            MessageId = Id,
            ReceiptHandle = handle,
            Body = content.Body,
            Attributes = content.Attributes,
            ReceiveCount = ReceiveCount,
            SentAt = sentAt,
            GroupId = content.GroupId,
        };
    }

    /// <summary>Starts over in the dead-letter queue.</summary>
    public void Move()
    {
        ReceiveCount = 0;
        Lease = new Lease(null, DateTimeOffset.MinValue);
    }
}
