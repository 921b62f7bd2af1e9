using Archiver.Queues.Local;

namespace Archiver.Queues.Sqlite;

/// <summary>
/// The head of a queue: the messages that can be received now. A message that waits for its turn has <c>visible_at</c> 0 (it was never
/// received, or its visibility timeout is known to have ended), so it is found without scanning hidden messages.
/// </summary>
internal sealed class SqliteHead(SqliteSession session, SqliteQueueRow queue)
{
    // A message group waits while one of its messages is in flight.
    private const string Ready = """
        FROM messages AS m
        WHERE queue = $1 AND visible_at = 0
          AND (group_id IS NULL OR NOT EXISTS (
            SELECT 1 FROM messages AS b WHERE b.queue = m.queue AND b.group_id = m.group_id AND b.visible_at > $2))
        """;

    // A time beyond the longest visibility timeout means that the clock was set back, or that another program wrote something else (in
    // SQLite any text is greater than any number). Three ranges of the index; with OR, SQLite would scan all of it.
    private const string Due = """
        SELECT position FROM messages WHERE queue = $1 AND visible_at < 0
        UNION ALL SELECT position FROM messages WHERE queue = $1 AND visible_at > 0 AND visible_at <= $2
        UNION ALL SELECT position FROM messages WHERE queue = $1 AND visible_at > $3
        """;

    private static readonly TimeSpan Longest = QueueLimits.Sqs.Visibility + TimeSpan.FromMinutes(1);

    public bool IsEmpty(DateTimeOffset now) =>
        session.Ask($"{Due} LIMIT 1", queue.Id, Milliseconds(now), Milliseconds(now + Longest)) is null
        && session.Ask($"SELECT 1 {Ready} LIMIT 1", queue.Id, Milliseconds(now)) is null;

    /// <summary>When the first hidden message becomes visible again.</summary>
    public DateTimeOffset NextVisibleAt(DateTimeOffset now) =>
        session.Ask("SELECT min(visible_at) FROM messages WHERE queue = $1 AND visible_at > $2", queue.Id, Milliseconds(now)) is { } next
            ? StoredNumber.ReadTime(next)
            : DateTimeOffset.MaxValue;

    /// <summary>
    /// Takes messages within the caller's transaction; those received too many times move to the dead-letter queue instead.
    /// </summary>
    public List<ReceivedMessage> Take(int maxMessages, DateTimeOffset now)
    {
        session.Run(
            $"UPDATE messages SET visible_at = 0 WHERE position IN ({Due})", queue.Id, Milliseconds(now), Milliseconds(now + Longest));
        var received = new List<ReceivedMessage>();
        var moved = true;
        while (moved && received.Count < maxMessages)
        {
            moved = false;
            var rows = session.Read(
                $"SELECT {SqliteRow.Columns} {Ready} ORDER BY position LIMIT $3",
                SqliteRow.Read, queue.Id, Milliseconds(now), maxMessages - received.Count);
            foreach (var row in rows)
            {
                if (queue.DeadLetters is { } deadLetters && (row.IsTooLarge || row.Receives >= queue.MaxReceiveCount))
                    moved |= MoveTo(deadLetters.Id, row);
                else
                    received.Add(Hide(row, now));
            }
        }

        return received;
    }

    private ReceivedMessage Hide(SqliteRow row, DateTimeOffset now)
    {
        var id = row.Id ?? Guid.NewGuid().ToString("D");
        var message = row.ToMessage(id, ReceiptHandle.New(id));
        session.Run(
            "UPDATE messages SET id = $2, visible_at = $3, receives = $4, receipt = $5 WHERE position = $1",
            row.Position, id, Milliseconds(now + queue.VisibilityTimeout), message.ReceiveCount, message.ReceiptHandle);
        return message;
    }

    private bool MoveTo(long deadLetters, SqliteRow row)
    {
        session.Run(
            "UPDATE messages SET queue = $2, visible_at = 0, receives = 0, receipt = NULL, attributes = coalesce($3, attributes) "
            + "WHERE position = $1",
            row.Position, deadLetters, row.IsTooLarge ? StoredAttributes.Write(SqliteRow.TooLargeReason) : null);
        return true;
    }

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
