using Archiver.Queues.Local;
using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>The head of a queue: what can be received now.</summary>
internal sealed class SqliteHead(SqliteConnection connection, SqliteQueueRow queue)
{
    // A message group waits while one of its messages is in flight.
    private const string Visible = """
        FROM messages AS m
        WHERE queue = $1 AND visible_at <= $2
          AND (group_id IS NULL OR NOT EXISTS (
            SELECT 1 FROM messages AS b WHERE b.queue = m.queue AND b.group_id = m.group_id AND b.visible_at > $2))
        """;

    public bool IsEmpty(DateTimeOffset now) =>
        connection.Ask($"SELECT 1 {Visible} LIMIT 1", queue.Id, now.ToUnixTimeMilliseconds()) is null;

    /// <summary>Takes messages inside the caller's transaction; one that was received too often moves to the dead-letter queue instead.</summary>
    public List<ReceivedMessage> Take(int maxMessages, DateTimeOffset now)
    {
        var received = new List<ReceivedMessage>();
        var moved = true;
        while (moved && received.Count < maxMessages)
        {
            moved = false;
            foreach (var message in Find(maxMessages - received.Count, now))
            {
                if (queue.DeadLetters is { } deadLetters && message.ReceiveCount >= queue.MaxReceiveCount)
                    moved |= MoveTo(deadLetters, message, now);
                else
                    received.Add(Hide(message, now));
            }
        }

        return received;
    }

    private List<ReceivedMessage> Find(int count, DateTimeOffset now) => connection.Read(
        $"SELECT id, receives, sent_at, group_id, attributes, body {Visible} ORDER BY position LIMIT $3",
        row => new ReceivedMessage
        {
            MessageId = row.GetString(0),
            ReceiptHandle = ReceiptHandle.New(row.GetString(0)),
            ReceiveCount = row.GetInt32(1),
            SentAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
            GroupId = row.IsDBNull(3) ? null : row.GetString(3),
            Attributes = StoredAttributes.Read(row.IsDBNull(4) ? null : row.GetString(4)),
            Body = StoredText.Read(row.GetValue(5)),
        },
        queue.Id, now.ToUnixTimeMilliseconds(), count);

    private ReceivedMessage Hide(ReceivedMessage message, DateTimeOffset now)
    {
        connection.Run(
            "UPDATE messages SET visible_at = $2, receives = receives + 1, receipt = $3 WHERE id = $1",
            message.MessageId, (now + queue.VisibilityTimeout).ToUnixTimeMilliseconds(), message.ReceiptHandle);
        return message with { ReceiveCount = message.ReceiveCount + 1 };
    }

    private bool MoveTo(long deadLetters, ReceivedMessage message, DateTimeOffset now)
    {
        connection.Run(
            "UPDATE messages SET queue = $2, visible_at = $3, receives = 0, receipt = NULL WHERE id = $1",
            message.MessageId, deadLetters, now.ToUnixTimeMilliseconds());
        return true;
    }
}
