using Archiver.Queues.Local;
using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>The messages of one queue in a file. Every change is one immediate transaction, so that processes take turns.</summary>
internal sealed class SqliteStore(SqliteConnection connection, SqliteLocation location, SqliteQueueRow queue) : IMessageStore
{
    public QueueProperties GetProperties(DateTimeOffset now)
    {
        var (visible, inFlight) = connection.Read(
            "SELECT count(*) FILTER (WHERE visible_at <= $2), count(*) FILTER (WHERE visible_at > $2) FROM messages WHERE queue = $1",
            row => (row.GetInt64(0), row.GetInt64(1)), queue.Id, now.ToUnixTimeMilliseconds()).Single();
        return new QueueProperties
        {
            VisibilityTimeout = queue.VisibilityTimeout,
            MaximumMessageBytes = MessageRules.MaximumBytes,
            Redrive = queue.DeadLetters is null ? null : new RedrivePolicy(location.Of(QueueName.DeadLetterOf(queue.Name)!), queue.MaxReceiveCount),
            IsFifo = QueueName.IsFifo(queue.Name),
            Visible = visible,
            InFlight = inFlight,
        };
    }

    public string Send(OutgoingMessage message, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var id = message.DeduplicationId is { } known && SentBefore(known, now) is { } earlier ? earlier : Insert(message, now);
        transaction.Commit();
        return id;
    }

    public IReadOnlyList<ReceivedMessage> Receive(int maxMessages, DateTimeOffset now)
    {
        // Most looks of a long poll find nothing; those need not lock out the writers.
        var head = new SqliteHead(connection, queue);
        if (head.IsEmpty(now))
            return [];
        using var transaction = connection.BeginTransaction(deferred: false);
        var received = head.Take(maxMessages, now);
        transaction.Commit();
        return received;
    }

    public IReadOnlyList<HandleFailure> Delete(IReadOnlyCollection<string> receiptHandles)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var failures = receiptHandles.Select(DeleteOne).OfType<HandleFailure>().ToList();
        transaction.Commit();
        return failures;
    }

    public IReadOnlyList<HandleFailure> ChangeVisibility(IReadOnlyCollection<VisibilityChange> changes, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var failures = changes.Select(change => ChangeOne(change, now)).OfType<HandleFailure>().ToList();
        transaction.Commit();
        return failures;
    }

    private string Insert(OutgoingMessage message, DateTimeOffset now)
    {
        var id = Guid.NewGuid().ToString("D");
        connection.Run(
            "INSERT INTO messages (queue, id, group_id, sent_at, visible_at, attributes, body) VALUES ($1, $2, $3, $4, $4, $5, $6)",
            queue.Id, id, message.GroupId, now.ToUnixTimeMilliseconds(), StoredAttributes.Write(message.Attributes), StoredText.Write(message.Body));
        if (message.DeduplicationId is { } deduplication)
            connection.Run(
                "INSERT INTO deduplication (queue, id, message, until) VALUES ($1, $2, $3, $4)",
                queue.Id, deduplication, id, (now + FifoMessage.DeduplicationTime).ToUnixTimeMilliseconds());
        return id;
    }

    private string? SentBefore(string deduplicationId, DateTimeOffset now)
    {
        connection.Run("DELETE FROM deduplication WHERE queue = $1 AND until <= $2", queue.Id, now.ToUnixTimeMilliseconds());
        return connection.Ask("SELECT message FROM deduplication WHERE queue = $1 AND id = $2", queue.Id, deduplicationId) as string;
    }

    private HandleFailure? DeleteOne(string handle)
    {
        if (Lease.RefuseDelete(handle, LeaseOf(handle)) is { } failure)
            return failure;
        connection.Run("DELETE FROM messages WHERE id = $1", ReceiptHandle.MessageIdOf(handle));
        return null;
    }

    private HandleFailure? ChangeOne(VisibilityChange change, DateTimeOffset now)
    {
        if (Lease.RefuseChange(change.ReceiptHandle, LeaseOf(change.ReceiptHandle), now) is { } failure)
            return failure;
        connection.Run(
            "UPDATE messages SET visible_at = $2 WHERE id = $1",
            ReceiptHandle.MessageIdOf(change.ReceiptHandle), (now + change.Timeout).ToUnixTimeMilliseconds());
        return null;
    }

    /// <summary>In another queue a message's newest receive is none of this one.</summary>
    private Lease? LeaseOf(string handle) => ReceiptHandle.MessageIdOf(handle) is not { } id
        ? null
        : connection.Read(
            "SELECT iif(queue = $2, receipt, NULL), visible_at FROM messages WHERE id = $1",
            row => new Lease(row.IsDBNull(0) ? null : row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))),
            id, queue.Id).FirstOrDefault();
}
