using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Queues.Local;
using Microsoft.Data.Sqlite;

namespace Archiver.Queues.Sqlite;

/// <summary>The messages of one queue in a file. Every change is an immediate transaction, so that processes take turns.</summary>
internal sealed class SqliteStore(SqliteSession session, SqliteLocation location, SqliteQueueRow queue, int replacements, int told)
    : IMessageStore
{
    private readonly SqliteHead _head = new(session, queue);
    private QuietQueue? _quiet;
    private bool _shrinks = true;

    public SqliteSession Session => session;

    /// <summary>How many replacements of the file have been reported to receivers.</summary>
    public int ToldReplacements { get; private set; } = told;

    public QueueProperties GetProperties(DateTimeOffset now)
    {
        var (visible, inFlight) = session.Read(
            "SELECT count(*) FILTER (WHERE visible_at <= $2), count(*) FILTER (WHERE visible_at > $2) FROM messages WHERE queue = $1",
            row => (row.GetInt64(0), row.GetInt64(1)), queue.Id, now.ToUnixTimeMilliseconds()).Single();
        return new QueueProperties
        {
            VisibilityTimeout = queue.VisibilityTimeout,
            Redrive = queue.DeadLetters is { } deadLetters ? new RedrivePolicy(location.Of(deadLetters.Name), queue.MaxReceiveCount) : null,
            IsFifo = QueueName.IsFifo(queue.Name),
            Visible = visible,
            InFlight = inFlight,
        };
    }

    public string Send(OutgoingMessage message, DateTimeOffset now) => session.Change(() =>
        message.DeduplicationId is { } known && SentBefore(known, now) is { } earlier ? earlier : Insert(message, now));

    public IReadOnlyList<ReceivedMessage> Receive(int maxMessages, DateTimeOffset now)
    {
        if (ToldReplacements != replacements)
        {
            ToldReplacements = replacements;
            throw new ArchiverException(ExitCode.Unavailable,
                $"The queue file {location.Path} was deleted or replaced, and its messages are gone, including those in flight. "
                + "The next receive uses the file that is there now.");
        }

        var (othersVersion, ownChanges) = (session.DataVersion, session.Changes);
        if (_quiet?.StillHolds(othersVersion, ownChanges, now) == true)
            return [];
        // Most looks of a long poll find nothing and need not lock out writers.
        if (!_head.IsEmpty(now))
            return session.Change(() => _head.Take(maxMessages, now));
        _quiet = new QuietQueue(othersVersion, ownChanges, now, _head.NextVisibleAt(now));
        Shrink();
        return [];
    }

    public IReadOnlyList<HandleFailure> Delete(IReadOnlyCollection<string> receiptHandles) =>
        session.Change(() => receiptHandles.Select(DeleteOne).OfType<HandleFailure>().ToList());

    public IReadOnlyList<HandleFailure> ChangeVisibility(IReadOnlyCollection<VisibilityChange> changes, DateTimeOffset now) =>
        session.Change(() => changes.Select(change => ChangeOne(change, now)).OfType<HandleFailure>().ToList());

    /// <summary>Shrinks the file while there is nothing else to do; a failure harms no message.</summary>
    private void Shrink()
    {
        try
        {
            if (_shrinks && session.Shrink())
                _quiet = null;
        }
        catch (SqliteException)
        {
            _shrinks = false;
        }
    }

    private string Insert(OutgoingMessage message, DateTimeOffset now)
    {
        var id = Guid.NewGuid().ToString("D");
        session.Run(
            "INSERT INTO messages (queue, id, group_id, sent_at, visible_at, attributes, body) VALUES ($1, $2, $3, $4, 0, $5, $6)",
            queue.Id, id, message.GroupId, now.ToUnixTimeMilliseconds(),
            StoredAttributes.Write(message.Attributes), StoredText.Write(message.Body));
        if (message.DeduplicationId is { } deduplication)
            session.Run(
                "INSERT INTO deduplication (queue, id, message, until) VALUES ($1, $2, $3, $4)",
                queue.Id, deduplication, id, (now + FifoMessage.DeduplicationTime).ToUnixTimeMilliseconds());
        return id;
    }

    private string? SentBefore(string deduplicationId, DateTimeOffset now)
    {
        // An entry valid for longer than that was written before the clock was set back.
        session.Run(
            "DELETE FROM deduplication WHERE queue = $1 AND (until <= $2 OR until > $3)",
            queue.Id, now.ToUnixTimeMilliseconds(), (now + FifoMessage.DeduplicationTime).ToUnixTimeMilliseconds());
        return session.Ask("SELECT message FROM deduplication WHERE queue = $1 AND id = $2", queue.Id, deduplicationId) as string;
    }

    private HandleFailure? DeleteOne(string handle)
    {
        if (Lease.RefuseDelete(handle, LeaseOf(handle)) is { } failure)
            return failure;
        session.Run("DELETE FROM messages WHERE id = $1", ReceiptHandle.MessageIdOf(handle));
        return null;
    }

    private HandleFailure? ChangeOne(VisibilityChange change, DateTimeOffset now)
    {
        if (Lease.RefuseChange(change.ReceiptHandle, LeaseOf(change.ReceiptHandle), now) is { } failure)
            return failure;
        session.Run(
            "UPDATE messages SET visible_at = $2 WHERE id = $1",
            ReceiptHandle.MessageIdOf(change.ReceiptHandle), (now + change.Timeout).ToUnixTimeMilliseconds());
        return null;
    }

    /// <summary>If the message is in another queue, no receive of this one holds it.</summary>
    private Lease? LeaseOf(string handle) => ReceiptHandle.MessageIdOf(handle) is not { } id
        ? null
        : session.Read(
            "SELECT iif(queue = $2, receipt, NULL), visible_at FROM messages WHERE id = $1",
            row => new Lease(row.IsDBNull(0) ? null : StoredText.Read(row.GetValue(0)), StoredNumber.ReadTime(row.GetValue(1))),
            id, queue.Id).FirstOrDefault();
}
